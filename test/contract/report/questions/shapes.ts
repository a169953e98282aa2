import type { FullItem } from '../../../../nodes/shared/core/wire';
import type { Reply } from '../../running/http';
import type { Lab } from '../lab';
import { Unanswered } from '../lab';
import type { Question } from '../question';
import { yesNo } from '../question';

export const SHAPES: readonly Question[] = [
	{
		id: 'times',
		text: 'Times of items',
		ask: async (lab) => {
			const times: string[] = [];
			// One that ends with a whole second by chance proves nothing.
			for (let turn = 0; turn < 3; turn++) {
				const { bytes } = await answerOf(lab, { category: 'LOGIN' });
				times.push(...(bytes.toString('utf8').match(/\d{4}-\d\d-\d\dT[\d:.]+Z/g) ?? []));
			}
			return times.some((time) => time.includes('.')) ? 'have fractions of a second' : 'whole seconds';
		},
	},
	{
		id: 'memberNames',
		text: 'Names of members',
		ask: async (lab) => ((await answerOf(lab, {})).bytes.includes('"created_at"') ? 'snake_case' : 'camelCase'),
	},
	{
		id: 'vaultName',
		text: '`vault.name` in items, and in rows of lists',
		ask: async (lab) => {
			const item = await answerOf(lab, {});
			const row = await rowOf(lab, item.body.id);
			return [item.body, row].map(({ vault }) => yesNo('name' in vault)).join(', ');
		},
	},
	{
		id: 'additionalInformation',
		text: '`additionalInformation` of a secure note, in items, and in rows of lists',
		ask: async (lab) => {
			const item = await answerOf(lab, { category: 'SECURE_NOTE', fields: [{ purpose: 'NOTES', value: 'first line\nsecond line' }] });
			const row = await rowOf(lab, item.body.id);
			return [JSON.stringify(item.body), JSON.stringify(row)].map((text) => describeInformation(text)).join('; ');
		},
	},
	{
		id: 'passwordDetails',
		text: 'What is said of a password that was changed',
		ask: async (lab) => {
			const { id, version } = await lab.create({ fields: [{ purpose: 'PASSWORD', value: 'one' }] });
			await lab.patch(id, { op: 'replace', path: '/fields/password/value', value: 'two' });
			const { fields = [] } = await lab.read(id, (version ?? 0) + 1);
			const { entropy, passwordDetails } = fields.find((field) => field.purpose === 'PASSWORD') ?? {};
			const members = new Set([...(entropy === undefined ? [] : ['entropy']), ...Object.keys(passwordDetails ?? {})]);
			const known = ['entropy', 'generated', 'history', 'strength'].filter((name) => members.has(name));
			return known.length === 0 ? 'nothing' : known.join(', ');
		},
	},
	{
		id: 'fieldOrder',
		text: 'First field of a new login, and of a new API credential, that were sent with another field first',
		ask: async (lab) => {
			const own = { type: 'STRING', label: 'own', value: 'x' };
			const [username, notes] = [
				{ purpose: 'USERNAME', value: 'x' },
				{ purpose: 'NOTES', value: 'x' },
			];
			const bodies = [await lab.create({ fields: [own, notes, username] }), await lab.create({ category: 'API_CREDENTIAL', fields: [own, notes] })];
			return bodies.map(({ fields: [first] = [] }) => (first?.label === 'own' ? 'the own one' : (first?.purpose ?? 'another one'))).join(', ');
		},
	},
	{
		id: 'emptyBuiltIns',
		text: 'Empty built-in fields of a new API credential, and whether their labels are English',
		ask: async (lab) => {
			const { fields = [] } = await lab.create({ category: 'API_CREDENTIAL' });
			const labels = fields.filter(({ id }) => id === 'credential').map(({ label }) => label);
			return `${fields.length}; ${labels.length === 0 ? 'no field credential' : labels[0] === 'credential' ? 'English' : 'not English'}`;
		},
	},
	{
		id: 'spurious',
		text: 'Requests of this run that were refused with 403 or 409, or answered with 5xx',
		ask: async ({ statuses }) => {
			const counts = [(status: number) => status === 403, (status: number) => status === 409, (status: number) => status >= 500].map(
				(is) => statuses.filter(is).length,
			);
			return await Promise.resolve(`${counts.join(', ')} of ${statuses.length}`);
		},
	},
];

/** The bare answer to the first read that shows a new item. */
async function answerOf(lab: Lab, members: Parameters<Lab['create']>[0]): Promise<Reply<FullItem>> {
	const { id } = await lab.create(members);
	return await lab.until(async () => {
		const reply = await lab.call<FullItem>('GET', lab.itemPath(id));
		return reply.status === 200 ? reply : undefined;
	}, 'no read showed the item in time');
}

async function rowOf(lab: Lab, itemId: string): Promise<FullItem> {
	return await lab.until(async () => {
		const { status, body } = await lab.list();
		if (status !== 200) throw new Unanswered(`the list answered ${status}`);
		return body.find(({ id }) => id === itemId);
	}, 'no list showed the item in time');
}

function describeInformation(json: string): string {
	if (!/"additional_?information"/i.test(json)) return 'no';
	return /"additional_?information":"first line"/i.test(json) ? 'yes, the first line of the note' : 'yes, something else';
}
