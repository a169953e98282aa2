import { rmSync } from 'node:fs';

// A file that a rename left behind in dist would be packed and published.
rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
