import { randomInt } from 'node:crypto';

import type { RandomInt } from '../../core/password/passwordGenerator';

export const secureRandomInt: RandomInt = (max) => randomInt(max);
