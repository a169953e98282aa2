import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { AuditTables } from './support/auditTables';
import type { Row } from './support/postgres';

/** The audit workflow's queries that store, post and mark alerts. */

let tables: AuditTables;

beforeAll(async () => {
	tables = await AuditTables.create();
});

beforeEach(async () => {
	await tables.query('TRUNCATE onepassword_alerts');
});

afterAll(async () => {
	await tables?.drop();
});

interface Told {
	readonly text: string;
	readonly keys: readonly string[];
}

const tell = async (): Promise<Told | undefined> => (await tables.run('Alerts to post'))[0] as Told | undefined;

const mark = async ({ keys }: Told): Promise<unknown> => await tables.run('Mark as posted', JSON.stringify(keys));

let noted = 0;

/** @returns an anomaly as the audit node outputs it, a second after the one before. */
function anomaly(columns: Row = {}): Row {
	noted += 1;
	return {
		eventId: `event-${noted}`,
		timestamp: new Date(Date.UTC(2026, 0, 5, 3) + noted * 1_000).toISOString(),
		severity: 'high',
		reason: 'The request was refused: READ.',
		rules: 'denied',
		action: 'READ',
		result: 'DENY',
		itemTitle: 'Mail',
		vaultName: 'Production',
		tokenId: 'token',
		userAgent: 'curl/8.7.1',
		ip: '10.0.0.9',
		...columns,
	};
}

const noteOf = async (severities: string, ...anomalies: readonly Row[]): Promise<unknown> => await tables.store([{}], anomalies, severities);

const note = async (...anomalies: readonly Row[]): Promise<unknown> => await noteOf('high', ...anomalies);

const many = (count: number, columns: (index: number) => Row = () => ({})): Row[] =>
	Array.from({ length: count }, (_, index) => anomaly(columns(index)));

describe('the alert message of a run', () => {
	it('contains all new alerts, with similar ones counted in one line', async () => {
		const flood = many(120);
		await note(...flood, anomaly({ userAgent: 'thief/1', tokenId: 'stolen', itemTitle: 'Payments API' }));
		const told = await tell();
		const lines = told?.text.split('\n') ?? [];
		expect(lines).toHaveLength(2);
		expect(lines[0]).toMatch(
			/^HIGH .*The request was refused: READ\. READ DENY, item: Mail, .* \(and 119 more like it until 2026-01-05T03:02:\d\dZ\)$/,
		);
		expect(lines[0]).toContain(`event: ${flood[0]?.['eventId']} (`);
		expect(lines[1]).toMatch(/item: Payments API, .*client: thief\/1, token: stolen/);
		expect(told?.keys).toHaveLength(121);
	});

	it('groups the versions of a client in one line, separate from other clients', async () => {
		await note(...['op-cli/1.0', 'op-cli/1.1 (linux; amd64)', 'op-cli/2', 'curl/8.7.1'].map((userAgent) => anomaly({ userAgent })));
		expect((await tell())?.text.split('\n')).toEqual([
			expect.stringMatching(/client: op-cli\/1\.0,.*and 2 more like it/),
			expect.stringMatching(/client: curl\/8\.7\.1,.*event: event-\d+$/),
		]);
	});

	it.each([
		['high', ['HIGH']],
		[' High,MEDIUM ,', ['HIGH', 'MEDIUM']],
		['low', ['LOW']],
		['', []],
	])('contains only the severities in the settings: %j', async (severities, told) => {
		await noteOf(severities, ...['low', 'medium', 'high'].map((severity) => anomaly({ severity })));
		expect((await tell())?.text.split('\n').map((line) => line.split(' ')[0]) ?? []).toEqual(told);
	});

	it('fails for an unknown severity', async () => {
		await expect(noteOf('hgih, low', anomaly())).rejects.toThrow('alertSeverities can be high, medium and low, not hgih');
	});

	it('is limited in length, and frequent alerts hide no other kind or token', async () => {
		await note(
			...many(5_000, (index) => ({ userAgent: `client-${index}` })),
			anomaly({ rules: 'burst', reason: 'Burst.' }),
			anomaly({ tokenId: 'stolen', userAgent: 'thief' }),
			anomaly({ severity: 'low', rules: 'firstAccess' }),
		);
		const { text = '', keys = [] } = (await tell()) ?? {};
		const lines = text.split('\n');
		expect(lines).toHaveLength(21);
		expect(lines.filter((line) => line.includes('Burst.'))).toHaveLength(1);
		expect(lines.filter((line) => line.includes('token: stolen'))).toHaveLength(1);
		expect(lines[20]).toBe('And more, in the table: 4982 HIGH (denied)');
		expect(keys).toHaveLength(5_002);
		expect(text.length).toBeLessThan(15_000);
	});

	it("never exceeds a chat's limit, even for long client names", async () => {
		await note(
			...many(50, (index) => ({
				reason: `${index}`.repeat(5_000),
				userAgent: `${index}`.repeat(5_000),
				itemTitle: 'x'.repeat(5_000),
				vaultName: 'y'.repeat(5_000),
			})),
		);
		expect((await tell())?.text.length).toBeLessThan(15_000);
	});

	it('is posted once, marks possible repeats, and counts duplicates once', async () => {
		expect(await tell()).toBeUndefined();
		const [first, second] = many(2);
		await note(first ?? {}, first ?? {});
		await tell();
		await note(first ?? {}, second ?? {});
		const told = (await tell()) as Told;
		expect([told.text, told.keys.length]).toEqual([expect.stringMatching(/^May be a repeat: HIGH .* \(and 1 more/), 2]);
		await note(anomaly());
		await mark(told);
		const last = (await tell()) as Told;
		expect([last.text, last.keys.length]).toEqual([expect.stringMatching(/^HIGH /), 1]);
		await mark(last);
		expect(await tell()).toBeUndefined();
	});
});

describe('the text of an alert', () => {
	it.each([
		['mention', '@channel <!here> <@U1>', /[@<>]/],
		['link', '[invoice](https://evil.example/x) https://evil.example', /[[\]]|:\/\//],
		['code or emphasis', '`rm` *bold* ~gone~', /[`*~]/],
		['line break', 'a\r\nHIGH forged\u2028b\u0085c\u000bd', /[\r\u2028\u0085\u000b]|\n/],
		['turned or invisible text', 'a\u202eb\u2066c\u200bd\ufeffe\u00adf\u{e0041}g\u061ch', /[\u202e\u2066\u200b\ufeff\u00ad\u061c]|\u{e0041}/u],
	])('contains no %s from a client, a title or a name', async (_what, evil, pattern) => {
		for (const column of ['userAgent', 'userName', 'itemTitle', 'vaultName', 'tokenName', 'reason']) {
			await tables.query('TRUNCATE onepassword_alerts');
			await note(anomaly({ [column]: evil }));
			const { text = '' } = (await tell()) ?? {};
			expect([column, text]).toEqual([column, expect.not.stringMatching(pattern)]);
			expect(text).toContain('event: event-');
		}
	});

	it('keeps letters of other languages', async () => {
		await note(anomaly({ itemTitle: 'Zürich – пароль 鍵', tokenName: 'n8n_prod' }));
		expect((await tell())?.text).toContain('item: Zürich – пароль 鍵, vault: Production, client: curl/8.7.1, token: n8n_prod');
	});
});
