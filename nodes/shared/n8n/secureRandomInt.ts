import { randomInt } from 'node:crypto';

import type { RandomInt } from '../core/passwordGenerator';

export const secureRandomInt: RandomInt = (max) => randomInt(max);
