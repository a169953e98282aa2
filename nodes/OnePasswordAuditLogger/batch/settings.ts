/** The parameters of the operations that read the log, checked. */

import { RULES } from '../../shared/core/audit/anomalies/rules/allRules';
import type { AnomalyRule, RuleSettings } from '../../shared/core/audit/anomalies/rule';
import { findsNothing, oneOf, toTexts } from '../../shared/n8n/parameters/conversions';
import type { AuditContext } from '../auditContext';
import { ignoreOwn, lookUpNames, outputFormat, tokenNames } from '../properties/batchOptions';
import { burstCount, burstMinutes, criticalTag, knownClients, learningDays, ruleSettings } from '../properties/ruleSettings';
import { readWorking } from '../properties/workingHours';

export interface BatchSettings {
	readonly ecs: boolean;
	readonly lookUpNames: boolean;
	readonly ignoreOwn: boolean;
	readonly rules: readonly AnomalyRule[];
	/** Whether one of them has to learn first what is usual. */
	readonly learns: boolean;
	readonly ruleSettings: Omit<RuleSettings, 'tagged' | 'own'>;
	readonly criticalTag: string;
	readonly tokenNames: ReadonlyMap<string, string>;
}

const DAY_MS = 24 * 3600 * 1000;

/** @throws OnePasswordError INVALID_INPUT. */
export function readBatchSettings({ parameters, timeZone }: AuditContext): BatchSettings {
	const settings = ruleSettings.read(parameters);
	const rules = readRules(parameters);
	const clients = knownClients.read(settings);
	return {
		ecs: outputFormat.read(parameters) === 'ecs',
		lookUpNames: lookUpNames.read(parameters),
		ignoreOwn: ignoreOwn.read(parameters),
		rules,
		learns: rules.some((rule) => rule.learns?.({ knownClients: clients }) ?? false),
		ruleSettings: {
			working: readWorking(settings, timeZone),
			knownClients: clients,
			burst: { count: burstCount.read(settings), minutes: burstMinutes.read(settings) },
			learningMs: learningDays.read(settings) * DAY_MS,
		},
		criticalTag: criticalTag.read(settings),
		tokenNames: new Map(tokenNames.read(parameters)),
	};
}

function readRules(parameters: AuditContext['parameters']): AnomalyRule[] {
	const given = parameters.value('rules');
	if (given === undefined && parameters.isGiven('rules')) throw findsNothing('Anomaly Rules');
	const chosen = toTexts(given, 'Anomaly Rules').map((id) =>
		oneOf(
			id,
			RULES.map((rule) => rule.id),
			'Anomaly Rules',
		),
	);
	return RULES.filter(({ id }) => chosen.includes(id));
}
