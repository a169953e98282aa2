/** Works out, over lines of n8n's JSON log, what the log rules in docs/alerts count: as much of their languages as they use. */

export interface LogLine {
	readonly level: string;
	readonly message: string;
	readonly metadata: Readonly<Record<string, unknown>>;
}

export interface LogRule {
	/** Text that a line must contain. */
	readonly text: string;
	/** Which values of `metadata.code` count. */
	readonly counts: (code: string) => boolean;
	/** Member of `metadata` by which lines are counted. */
	readonly by: string;
	readonly minutes: number;
	readonly threshold: number;
}

const LOKI =
	/^sum by \(metadata_(\w+)\) \(count_over_time\(\{[^{}]+\} \|= `([^`]+)` \| json \| metadata_code (=~|!~) `([^`]+)` \[(\d+)m\]\)\) > (\d+)$/;

/** @throws where the rule is written in a way that this does not understand. */
export function parseLokiRule(expr: string): LogRule {
	const [, by = '', text = '', operator, pattern = '', minutes, threshold] = LOKI.exec(expr) ?? fail(expr);
	// Loki matches the whole value.
	const matches = new RegExp(`^(?:${pattern})$`);
	return { text, by, counts: (code) => matches.test(code) === (operator === '=~'), minutes: Number(minutes), threshold: Number(threshold) };
}

const DATADOG =
	/^logs\("service:\w+ \\"([^"\\]+)\\" (-?)@metadata\.code:\(([\w ]+)\)"\)\.index\("\*"\)\.rollup\("count"\)\.by\("@metadata\.(\w+)"\)\.last\("(\d+)m"\) > (\d+)$/;

export function parseDatadogRule(query: string): LogRule {
	const [, text = '', minus, codes = '', by = '', minutes, threshold] = DATADOG.exec(query) ?? fail(query);
	const listed = new Set(codes.split(' OR '));
	return { text, by, counts: (code) => listed.has(code) === (minus === ''), minutes: Number(minutes), threshold: Number(threshold) };
}

function fail(rule: string): never {
	throw new Error(`Not understood: ${rule}`);
}

/** @param now milliseconds since the epoch. @returns the groups for which the rule fires. */
export function firingGroups(rule: LogRule, lines: readonly LogLine[], now: number): string[] {
	const counts = new Map<string, number>();
	for (const { message, metadata } of lines) {
		const age = now - Date.parse(String(metadata.timestamp));
		if (!(age >= 0 && age <= rule.minutes * 60_000)) continue;
		if (!message.includes(rule.text) || !rule.counts(String(metadata.code))) continue;
		const group = String(metadata[rule.by] ?? '');
		counts.set(group, (counts.get(group) ?? 0) + 1);
	}
	return [...counts].filter(([, count]) => count > rule.threshold).map(([group]) => group);
}
