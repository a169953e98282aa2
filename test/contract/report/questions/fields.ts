import type { Field, FullItem } from '../../../../nodes/shared/core/wire';
import { oneTimePassword } from '../../../emulators/connect/items/totp';
import type { Lab } from '../lab';
import type { Question } from '../question';
import { refused, yesNo } from '../question';

const SEED = 'otpauth://totp/question?secret=JBSWY3DPEHPK3PXP';

const PERIOD_MS = 30_000;

export const FIELDS: readonly Question[] = [
	{
		id: 'newSection',
		text: 'A new section inside a field that PATCH adds',
		ask: async (lab) => {
			const value = { id: 'newInSection', type: 'STRING', label: 'question', value: 'x', section: { id: 'newSection', label: 'New' } };
			const item = await lab.patched(await lab.create(), { op: 'add', path: '/fields', value });
			if (typeof item === 'number') return refused(item);
			const field = fieldNamed(item, 'question');
			if (!field) return 'the field is missing afterwards';
			const section = item.sections?.find(({ id }) => id === field.section?.id);
			if (!section) return 'the field has no section afterwards';
			return section.label === 'New' ? 'the section is made, with its label' : 'the section is made, without its label';
		},
	},
	{
		id: 'generateInPatch',
		text: '`generate` in a PATCH of a field that is there',
		ask: async (lab) => {
			const before = await lab.create({ fields: [{ id: 'key', type: 'CONCEALED', label: 'question', value: 'old' }] });
			const { id = 'key' } = fieldNamed(before, 'question') ?? {};
			const value = { id, type: 'CONCEALED', label: 'question', generate: true };
			const item = await lab.patched(before, { op: 'replace', path: `/fields/${id}`, value });
			if (typeof item === 'number') return refused(item);
			const made = fieldNamed(item, 'question')?.value ?? '';
			return made === '' ? 'the field is empty afterwards' : made === 'old' ? 'the old value is still there' : 'a value is made';
		},
	},
	{
		id: 'addWithoutValue',
		text: 'A field that PATCH adds without a value',
		ask: async (lab) => {
			const value = { id: 'empty', type: 'STRING', label: 'question' };
			const item = await lab.patched(await lab.create(), { op: 'add', path: '/fields', value });
			return typeof item === 'number' ? refused(item) : fieldNamed(item, 'question') ? 'is there' : 'is missing afterwards';
		},
	},
	{
		id: 'removeMissing',
		text: 'PATCH that removes a field that is not there',
		ask: async (lab) => {
			const { status } = await lab.patch((await lab.create()).id, { op: 'remove', path: '/fields/notThere' });
			return status < 300 ? 'accepted' : refused(status);
		},
	},
	{
		id: 'orderOfAdded',
		text: 'Fields that PATCH adds one after the other',
		ask: async (lab) => {
			let item = await lab.create();
			for (const label of ['third', 'first', 'second']) {
				const next = await lab.patched(item, { op: 'add', path: '/fields', value: { type: 'STRING', label, value: 'x' } });
				if (typeof next === 'number') return refused(next);
				item = next;
			}
			const labels = (item.fields ?? []).flatMap(({ label = '' }) => (['third', 'first', 'second'].includes(label) ? [label] : []));
			return labels.join() === 'third,first,second' ? 'keep their order' : 'do not keep their order';
		},
	},
	{
		id: 'valueByPatch',
		text: 'A value that PATCH replaces, and other fields of the item',
		ask: async (lab) => {
			const before = await lab.create({
				fields: [
					{ id: 'one', label: 'one', value: 'x' },
					{ id: 'two', label: 'two', value: 'y' },
				],
			});
			const { id } = fieldNamed(before, 'one') ?? { id: 'one' };
			const item = await lab.patched(before, { op: 'replace', path: `/fields/${id}/value`, value: 'z' });
			if (typeof item === 'number') return refused(item);
			const isKept = fieldNamed(item, 'two')?.value === 'y';
			return `${fieldNamed(item, 'one')?.value === 'z' ? 'replaced' : 'not replaced'}; others ${isKept ? 'kept' : 'changed'}`;
		},
	},
	{
		id: 'builtInByLabel',
		text: 'A new API credential with a field that has the label of a built-in one',
		ask: async (lab) => {
			const item = await lab.create({ category: 'API_CREDENTIAL', fields: [{ type: 'CONCEALED', label: 'credential', value: 'x' }] });
			const builtIn = item.fields?.find(({ id }) => id === 'credential');
			if (builtIn?.value) return 'becomes the built-in field';
			return builtIn ? 'stands beside an empty built-in field' : 'stands alone, there is no built-in field';
		},
	},
	{
		id: 'sameIds',
		text: 'A new item with two fields of one ID in two sections',
		ask: async (lab) => {
			const fields = ['a', 'b'].map((id) => ({ id: 'twin', type: 'STRING' as const, label: `twin ${id}`, value: 'x', section: { id } }));
			const { status, body } = await lab.post({
				sections: [
					{ id: 'a', label: 'A' },
					{ id: 'b', label: 'B' },
				],
				fields,
			});
			if (status >= 300) return refused(status);
			const ids = (body.fields ?? []).filter(({ label = '' }) => label.startsWith('twin ')).map(({ id }) => id);
			return ids.length === 2 && ids[0] === ids[1] ? 'accepted as it is' : 'accepted, with other IDs or fewer fields';
		},
	},
	{
		id: 'otpId',
		text: 'ID of a one-time password that was sent without one',
		ask: async (lab) => {
			const item = await lab.create({ fields: [{ type: 'OTP', label: 'code', value: SEED }] });
			const field = fieldNamed(item, 'code');
			return field === undefined ? 'the field is missing' : field.id.startsWith('TOTP_') ? 'begins with TOTP_' : 'does not begin with TOTP_';
		},
	},
	{ id: 'totp', text: 'The `totp` of an answer', ask: askTotp },
	{
		id: 'sshKey',
		text: 'Type of an SSH key that POST was sent',
		ask: async (lab) => {
			const { status, body } = await lab.post({
				category: 'SSH_KEY',
				fields: [{ id: 'private_key', type: 'SSHKEY', label: 'private key', value: 'no key' }],
			});
			if (status >= 300) return refused(status);
			const type = body.fields?.find(({ id, label }) => id === 'private_key' || label === 'private key')?.type;
			return type === 'SSHKEY' ? 'kept' : type === 'STRING' ? 'turned into STRING' : 'turned into another one';
		},
	},
	{
		id: 'tags',
		text: 'Tags come back in alphabetical order',
		ask: async (lab) => yesNo((await lab.create({ tags: ['c', 'a', 'b'] })).tags?.join() === 'a,b,c'),
	},
];

/** By the server's clock, as given in the response. */
async function askTotp(lab: Lab): Promise<string> {
	const { id } = await lab.create({ fields: [{ type: 'OTP', label: 'code', value: SEED }] });
	const { body, now } = await lab.until(async () => {
		const reply = await lab.call<FullItem>('GET', lab.itemPath(id));
		const at = Date.parse(reply.headers.get('date') ?? '') || Date.now();
		// The header has whole seconds, and is made after the code: near the change of codes it says nothing.
		const intoPeriod = at % PERIOD_MS;
		return intoPeriod >= 1_000 && intoPeriod < PERIOD_MS - 1_000 ? { body: reply.body, now: at } : undefined;
	}, 'no read came in the middle of a period');
	const code = fieldNamed(body, 'code')?.totp;
	if (code === undefined) return 'is missing';
	if (code === oneTimePassword(SEED, now)) return 'is the code of the moment';
	return code === oneTimePassword(SEED, now - PERIOD_MS) ? 'is the code of the period before' : 'is the code of another time';
}

function fieldNamed({ fields = [] }: FullItem, label: string): Field | undefined {
	return fields.find((field) => field.label === label);
}
