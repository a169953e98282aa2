import type { INodeProperties } from 'n8n-workflow';

import { chooseRules } from './ruleChoice';
import { ruleSettings } from './ruleSettings';

export const ruleProperties: readonly INodeProperties[] = [...chooseRules, ruleSettings.property];
