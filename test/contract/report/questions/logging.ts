import type { ApiRequest } from '../../../../nodes/shared/core/wire';
import { STRANGE_ID } from '../../running/strangers';
import type { Reply } from '../../running/http';
import type { Lab } from '../lab';
import { Unanswered } from '../lab';
import type { Question } from '../question';
import { refused, yesNo } from '../question';

/** Rows in either spelling. */
type Row = Partial<Omit<ApiRequest, 'actor' | 'resource'>> & {
	readonly requestID?: string;
	readonly actor?: Partial<ApiRequest['actor']> & { readonly ip?: string };
	readonly resource?: Partial<ApiRequest['resource']>;
};

const DAY_MS = 86_400_000;

const MANY_ROWS = 5_000;

export const LOGGING: readonly Question[] = [
	{
		id: 'logOrder',
		text: 'Order of the activity log',
		ask: async (lab) => {
			const times = (await rows(lab, '?limit=50')).body.map(({ timestamp = '' }) => Date.parse(timestamp));
			const steps = times.slice(1).map((time, index) => Math.sign(time - (times[index] ?? time)));
			const lean = steps.reduce((sum, step) => sum + step, 0);
			return lean === 0 ? 'cannot be told: all rows have the same time' : lean < 0 ? 'newest first' : 'oldest first';
		},
	},
	{
		id: 'contentRange',
		text: 'Content-Range of the activity log',
		ask: async (lab) => {
			const range = (await rows(lab, '?limit=2')).headers.get('content-range');
			if (range === null) return 'is not sent';
			if (/^\d+-\d+\/\d+$/.test(range)) return 'first-last/total';
			return /^\d+-\d+\/\*$/.test(range) ? 'first-last/*' : 'has another form';
		},
	},
	{
		id: 'largestLimit',
		text: `Rows for a \`limit\` of ${MANY_ROWS}`,
		ask: async (lab) => {
			const { status, body, headers } = await lab.call<Row[]>('GET', `/v1/activity?limit=${MANY_ROWS}`);
			if (status !== 200) return refused(status);
			const total = Number(headers.get('content-range')?.split('/')[1]);
			return body.length < MANY_ROWS && total > body.length
				? `${body.length}, although there are more`
				: `all ${body.length < MANY_ROWS ? 'there are' : 'that were asked for'}`;
		},
	},
	{
		id: 'logsItself',
		text: 'Reading the log leaves a row',
		ask: async (lab) => {
			const before = new Set((await rows(lab, '?limit=200')).body.map(keyOf));
			await rows(lab, '?limit=1');
			const news = (await rows(lab, '?limit=200')).body.filter((row) => !before.has(keyOf(row)));
			return yesNo(news.length > 0);
		},
	},
	{
		id: 'listRows',
		text: 'Rows that a list of items leaves',
		ask: async (lab) => {
			await Promise.all([await lab.create(), await lab.create(), await lab.create()]);
			const left = await rowsAfter(lab, async () => (await lab.list()).body.length);
			if (left.rows.length === 0) return 'none';
			const ofItems = left.rows.filter(({ resource }) => resource?.item).length;
			return ofItems > 0 ? 'one for each item' : left.rows.length === 1 ? 'one' : 'several, none of an item';
		},
	},
	{
		id: 'deniedRows',
		text: 'Row of a request for a vault that the token cannot see',
		ask: async (lab) => await deniedBy(lab, `/v1/vaults/${STRANGE_ID}`),
	},
	{
		id: 'deniedItemRows',
		text: 'Row of a request for an item in such a vault',
		ask: async (lab) => await deniedBy(lab, `/v1/vaults/${STRANGE_ID}/items/${STRANGE_ID}`),
	},
	{
		id: 'malformedRows',
		text: 'Row of a request with a vault ID of another form',
		ask: async (lab) => await deniedBy(lab, '/v1/vaults/question'),
	},
	{
		id: 'rowMembers',
		text: 'Members of rows',
		ask: async (lab) => {
			const [row = {}] = (await rows(lab, '?limit=1')).body;
			const id = row.requestId === undefined ? 'requestID' : 'requestId';
			const address = row.actor?.requestIp === undefined ? (row.actor?.ip === undefined ? 'no address' : '`ip`') : '`requestIp`';
			return `\`${id}\`, ${address}`;
		},
	},
	{
		id: 'updateVersion',
		text: '`itemVersion` in the row of an update',
		ask: async (lab) => {
			const item = await lab.create();
			const { rows: left } = await rowsAfter(lab, async () => await lab.patch(item.id, { op: 'replace', path: '/favorite', value: true }));
			const version = left.find(({ action }) => action === 'UPDATE')?.resource?.itemVersion;
			if (version === undefined) return 'is not there';
			return version === item.version ? 'the old one' : version === (item.version ?? 0) + 1 ? 'the new one' : 'another one';
		},
	},
	{
		id: 'otherTokens',
		text: 'Rows of other tokens',
		ask: async (lab) => {
			const tokens = new Set((await rows(lab, '?limit=500')).body.map(({ actor }) => actor?.jti));
			return tokens.size > 1 ? 'are there' : 'none seen; only an answer if another token has been used';
		},
	},
	{
		id: 'oldestRow',
		text: 'Age of the oldest row',
		ask: async (lab) => {
			const first = await rows(lab, '?limit=1');
			const total = Number(first.headers.get('content-range')?.split('/')[1]);
			if (!(total > 0)) return 'cannot be told without a total';
			const last = (await rows(lab, `?limit=1&offset=${total - 1}`)).body;
			const ages = [...first.body, ...last].map(({ timestamp = '' }) => Date.now() - Date.parse(timestamp));
			const days = Math.floor(Math.max(...ages) / DAY_MS);
			return days < 1 ? 'less than a day' : `${days} days`;
		},
	},
];

async function rows(lab: Lab, query: string): Promise<Reply<Row[]>> {
	const reply = await lab.call<Row[]>('GET', `/v1/activity${query}`);
	if (reply.status !== 200) throw new Unanswered(`the activity log answered ${reply.status}`);
	return reply;
}

/** From either end of the log, since its order is a question as well. */
async function ends(lab: Lab): Promise<Row[]> {
	const first = await rows(lab, '?limit=200');
	const total = Number(first.headers.get('content-range')?.split('/')[1]);
	return total > 200 ? [...first.body, ...(await rows(lab, `?limit=200&offset=${total - 200}`)).body] : first.body;
}

/** What an action leaves in the log; the log's own rows come before it, so that they are known. */
async function rowsAfter<T>(lab: Lab, act: () => Promise<T>): Promise<{ rows: Row[]; done: T }> {
	await ends(lab);
	const before = new Set((await ends(lab)).map(keyOf));
	const done = await act();
	const isNew = (row: Row): boolean => !before.has(keyOf(row));
	// A log that logs itself shows at least one row of no interest: one of the vault list's kind, without vault.
	const found = (await ends(lab)).filter(isNew).filter(({ resource }) => resource?.vault !== undefined);
	return { rows: found, done };
}

async function deniedBy(lab: Lab, path: string): Promise<string> {
	const { rows: left } = await rowsAfter(lab, async () => await lab.call('GET', path));
	const row = left.find(({ result }) => result === 'DENY');
	if (!row) return 'none';
	const type = row.resource?.type === undefined ? 'without a type' : 'with a type';
	const isAsSent = path.split('/').includes(row.resource?.vault?.id ?? '/');
	return `DENY, ${type}, ${isAsSent ? 'the vault ID as sent' : 'another vault ID'}, item: ${yesNo(row.resource?.item !== undefined)}`;
}

/** A request may leave several rows. */
function keyOf(row: Row): string {
	return JSON.stringify(row);
}
