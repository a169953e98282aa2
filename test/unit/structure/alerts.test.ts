import { describe, expect, it } from '@jest/globals';
import { load } from 'js-yaml';

import { failureLine } from '../../../nodes/shared/core/errors/failureLine';
import { ERROR_CODES, UNEXPECTED, logCodeOf, type ErrorCode } from '../../../nodes/shared/core/errors/onePasswordError';
import { firingGroups, parseDatadogRule, parseLokiRule, type LogLine, type LogRule } from '../../support/alertRules';
import { readText } from './sources';

interface RuleFile {
	readonly groups: ReadonlyArray<{
		readonly name: string;
		readonly rules: ReadonlyArray<{ readonly alert: string; readonly expr: string; readonly annotations: { readonly summary: string } }>;
	}>;
}

const loki = load(readText('docs/alerts/loki-rules.yml')) as RuleFile;
const prometheus = load(readText('docs/alerts/prometheus-rules.yml')) as RuleFile;
const datadog = load(readText('docs/alerts/datadog-monitors.yml')) as ReadonlyArray<{
	readonly name: string;
	readonly type: string;
	readonly query: string;
}>;

const LOG_RULES: ReadonlyArray<readonly [string, LogRule]> = [
	...loki.groups.flatMap(({ rules }) => rules.map(({ alert, expr }) => [`Loki: ${alert}`, parseLokiRule(expr)] as const)),
	...datadog.map(({ name, query }) => [`Datadog: ${name}`, parseDatadogRule(query)] as const),
];

const CODES = [...ERROR_CODES, UNEXPECTED] as const;
const NOW = Date.UTC(2026, 0, 1);

/** As n8n's JSON log has it. */
function lineOf(code: ErrorCode | typeof UNEXPECTED, { host = 'connect:8080', secondsAgo = 0 } = {}): LogLine {
	const { message, metadata } = failureLine({ host, workflowId: 'wf1', executionId: '1', node: 'Get' }, { code, error: undefined });
	return { level: 'error', message, metadata: { ...metadata, timestamp: new Date(NOW - secondsAgo * 1000).toISOString() } };
}

const linesOf = (count: number, code: ErrorCode, rest = {}): LogLine[] => Array.from({ length: count }, () => lineOf(code, rest));

describe('the alert rules', () => {
	it('have a name, an expression and a summary each', () => {
		for (const { groups } of [loki, prometheus]) {
			const rules = groups.flatMap((group) => group.rules);
			expect(rules.length).toBeGreaterThan(2);
			for (const rule of rules)
				expect(rule).toMatchObject({ alert: expect.any(String), expr: expect.any(String), annotations: { summary: expect.any(String) } });
		}
		for (const monitor of datadog) expect(monitor).toMatchObject({ type: 'log alert', name: expect.any(String) });
	});

	it('never look at the lines by which n8n takes its own restart for a second main', () => {
		for (const file of ['loki-rules', 'datadog-monitors', 'prometheus-rules'])
			expect(readText(`docs/alerts/${file}.yml`)).not.toMatch(/split-brain|hostid-clash/);
	});

	it.each(LOG_RULES)('%s: counts failures there are, by a member that their lines have', (_name, rule) => {
		const { message, metadata } = lineOf('NETWORK');
		expect([message.includes(rule.text), rule.by in metadata]).toEqual([true, true]);
		const counted = CODES.filter((code) => rule.counts(logCodeOf(code)));
		expect([counted.length > 0, counted.length < CODES.length]).toEqual([true, true]);
	});

	it.each(LOG_RULES)('%s: fires above its threshold, and not for lines that are over', (_name, rule) => {
		const code = ERROR_CODES.find((one) => rule.counts(logCodeOf(one)));
		// One rule is about failures without a code.
		if (code === undefined) return expect(rule.counts(logCodeOf(UNEXPECTED))).toBe(true);
		const fires = (lines: readonly LogLine[]): boolean => firingGroups(rule, lines, NOW).length > 0;
		expect(fires(linesOf(rule.threshold, code))).toBe(false);
		expect(fires(linesOf(rule.threshold + 1, code))).toBe(true);
		expect(fires(linesOf(rule.threshold + 1, code, { secondsAgo: rule.minutes * 60 + 1 }))).toBe(false);
	});
});

describe.each([
	['Loki', parseLokiRule(loki.groups[0]?.rules[0]?.expr ?? '')],
	['Datadog', parseDatadogRule(datadog[0]?.query ?? '')],
])('more than 5 failures per server in 5 minutes, in %s', (_product, rule) => {
	it.each<[string, LogLine[], string[]]>([
		['5', linesOf(5, 'NETWORK'), []],
		['6', linesOf(6, 'NETWORK'), ['connect:8080']],
		['3 and 3 of two servers', [...linesOf(3, 'NETWORK'), ...linesOf(3, 'NETWORK', { host: 'b' })], []],
		['6 of one of two servers', [...linesOf(1, 'NETWORK'), ...linesOf(6, 'AUTH_FAILED', { host: 'b' })], ['b']],
		['6 of several codes', [...linesOf(3, 'RATE_LIMITED'), ...linesOf(3, 'ITEM_NOT_FOUND')], ['connect:8080']],
		['9 mistakes in a workflow', linesOf(9, 'INVALID_INPUT'), []],
		['6 over 10 minutes', [...linesOf(3, 'NETWORK'), ...linesOf(3, 'NETWORK', { secondsAgo: 400 })], []],
	])('%s', (_what, lines, expected) => {
		expect(firingGroups(rule, lines, NOW)).toEqual(expected);
	});
});
