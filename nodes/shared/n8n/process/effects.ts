/** Clock, waiting and chance: what the layers below get handed in. */

import { sleep } from 'n8n-workflow';

import type { Effects } from '../../http/sendWithRetry';

export const EFFECTS: Effects = { now: Date.now, sleep, random: Math.random };
