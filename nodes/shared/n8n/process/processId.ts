import { randomUUID } from 'node:crypto';

/** Tells this process of n8n from those before it, and from its fellows. */
export const PROCESS_ID = randomUUID();
