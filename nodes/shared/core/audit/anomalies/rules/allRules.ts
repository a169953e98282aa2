/** The one list of the rules: the editor offers them, and a run accepts them, in this order (alphabetical, by name). */

import type { AnomalyRule } from '../rule';
import { burst } from './burst';
import { criticalItem } from './criticalItem';
import { denied } from './denied';
import { firstAccess } from './firstAccess';
import { newIp } from './newIp';
import { outsideHours } from './outsideHours';
import { unknownClient } from './unknownClient';

export const RULES: readonly AnomalyRule[] = [burst, criticalItem, denied, firstAccess, newIp, outsideHours, unknownClient];
