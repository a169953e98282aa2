/** The parameters of the operations that read the log, checked. */

import { RULES } from '../../shared/core/audit/anomalies/rules/allRules';
import type { AnomalyRule, RuleSettings, Working } from '../../shared/core/audit/anomalies/rule';
import { invalidInput } from '../../shared/core/errors/onePasswordError';
import { ZonedClock } from '../../shared/core/time/zonedClock';
import { requireTimeZone } from '../../shared/core/time/zonedTime';
import { oneOf } from '../../shared/n8n/parameters/itemParameters';
import { readNumber, refuseExpression, requireText, toFlag, toRows, toText, toTexts } from '../../shared/n8n/parameters/parameters';
import type { AuditContext } from '../auditContext';
import {
	DEFAULT_BURST_COUNT,
	DEFAULT_BURST_MINUTES,
	DEFAULT_CRITICAL_TAG,
	DEFAULT_LEARNING_DAYS,
	DEFAULT_WORKING_DAYS,
	DEFAULT_WORKING_FROM,
	DEFAULT_WORKING_TO,
} from '../defaults';

type Values = Readonly<Record<string, unknown>>;

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
	const options = parameters.collection('options');
	const values = parameters.collection('ruleSettings');
	const rules = readRules(parameters);
	const knownClients = readKnownClients(values);
	return {
		ecs: oneOf(options.format ?? 'flat', ['ecs', 'flat'], 'Output Format') === 'ecs',
		lookUpNames: toFlag(options.lookUpNames ?? true, 'Look Up Names'),
		ignoreOwn: toFlag(options.ignoreOwn ?? true, 'Ignore Own Requests'),
		rules,
		learns: rules.some((rule) => rule.learns?.({ knownClients }) ?? false),
		ruleSettings: {
			working: readWorking(values, timeZone),
			knownClients,
			burst: {
				count: readNumber(values, 'burstCount', 'Burst Requests', 2) ?? DEFAULT_BURST_COUNT,
				minutes: readNumber(values, 'burstMinutes', 'Burst Minutes', 1) ?? DEFAULT_BURST_MINUTES,
			},
			learningMs: (readNumber(values, 'learningDays', 'Learning Days', 0) ?? DEFAULT_LEARNING_DAYS) * DAY_MS,
		},
		criticalTag: requireText(setting(values, 'criticalTag', 'Critical Tag', DEFAULT_CRITICAL_TAG), 'Critical Tag').trim(),
		tokenNames: new Map(toRows(options.tokenNames).map(({ id, name }) => [toText(id, 'ID of the Token').trim(), toText(name, 'Name')])),
	};
}

/** An expression that finds nothing must not mean what is usual: the rule would look at something else without a word. */
function setting(values: Values, name: string, displayName: string, fallback: unknown): unknown {
	const value = values[name];
	if (value !== undefined && value !== null) return value;
	if (!(name in values)) return fallback;
	throw invalidInput(`'${displayName}' is empty.`, 'Check that its expression finds something, or remove the setting.');
}

/** @returns none where clients are to be learnt. */
function readKnownClients(values: Values): string[] {
	const given = setting(values, 'knownClients', 'Known Clients', '');
	const lines = typeof given === 'string' ? given.split(/\r?\n/) : [given];
	const clients = lines.flatMap((line) => toTexts(line, 'Known Clients'));
	if (clients.length > 0 || given === '' || Array.isArray(given)) return clients;
	throw invalidInput("'Known Clients' names no client.", 'Enter names with commas between them, or nothing at all to have clients learnt.');
}

function readRules(parameters: AuditContext['parameters']): AnomalyRule[] {
	const given = parameters.value('rules');
	if (given === undefined) refuseExpression(parameters.source('rules'), 'Anomaly Rules');
	const chosen = toTexts(given, 'Anomaly Rules').map((id) =>
		oneOf(
			id,
			RULES.map((rule) => rule.id),
			'Anomaly Rules',
		),
	);
	return RULES.filter(({ id }) => chosen.includes(id));
}

function readWorking(values: Values, ownTimeZone: string): Working {
	const zone = toText(setting(values, 'timeZone', 'Time Zone', ''), 'Time Zone').trim();
	const days = setting(values, 'workingDays', 'Working Days', DEFAULT_WORKING_DAYS);
	return {
		clock: new ZonedClock(requireTimeZone(zone || ownTimeZone)),
		weekdays: toTexts(days, 'Working Days').map((day) => Number(oneOf(day, ['0', '1', '2', '3', '4', '5', '6'], 'Working Days'))),
		startMinute: readClock(setting(values, 'workingFrom', 'Working From', DEFAULT_WORKING_FROM), 'Working From'),
		endMinute: readClock(setting(values, 'workingTo', 'Working To', DEFAULT_WORKING_TO), 'Working To'),
	};
}

function readClock(value: unknown, displayName: string): number {
	const [, hours, minutes] = /^([01]?\d|2[0-4]):([0-5]\d)$/.exec(toText(value, displayName).trim()) ?? [];
	if (hours !== undefined && minutes !== undefined) return Number(hours) * 60 + Number(minutes);
	throw invalidInput(`'${displayName}' is not a valid time of day.`, 'Enter a time such as 08:00.');
}
