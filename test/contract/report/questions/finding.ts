import type { ErrorResponse, FullItem } from '../../../../nodes/shared/core/wire';
import { ownTitle } from '../../running/mark';
import { STRANGE_ID } from '../../running/strangers';
import type { Lab } from '../lab';
import type { Question } from '../question';
import { refused, yesNo } from '../question';

export const FINDING: readonly Question[] = [
	{
		id: 'titleCase',
		text: 'Filter by a title in other letter case',
		ask: async (lab) => await finds(lab, 'Mixed Case', (title) => `title eq "${title.replace('Mixed', 'mIXED')}"`),
	},
	{
		id: 'filterCo',
		text: 'Filter with `co`',
		ask: async (lab) => await finds(lab, 'contains this', (title) => `title co "${title.slice(0, -2)}"`),
	},
	{
		id: 'filterOr',
		text: 'Filter with `or`',
		ask: async (lab) => await finds(lab, 'either', (title) => `title eq "nothing at all" or title eq "${title}"`),
	},
	{
		id: 'filterAnd',
		text: 'Filter with `and`',
		ask: async (lab) => await finds(lab, 'both', (title) => `title eq "${title}" and title co "both"`),
	},
	{ id: 'filterSw', text: 'Filter with `sw`', ask: async (lab) => await finds(lab, 'start', (title) => `title sw "${title}"`) },
	{
		id: 'filterQuote',
		text: 'Filter by a title with a quote, escaped by a backslash',
		ask: async (lab) => await finds(lab, 'a "quoted" one', (title) => `title eq "${title.replaceAll('"', '\\"')}"`),
	},
	{
		id: 'vaultCase',
		text: 'Filter by a vault name in other letter case',
		ask: async (lab) => {
			const name = swapCase(lab.vault.name);
			if (name === lab.vault.name || /["\\]/.test(name)) return 'not asked: the name has no letters, or has quotes';
			const { status, body } = await lab.call<Array<{ id: string }>>('GET', `/v1/vaults?filter=${encodeURIComponent(`name eq "${name}"`)}`);
			return status === 200 ? (body.some(({ id }) => id === lab.vault.id) ? 'finds it' : 'finds nothing') : refused(status);
		},
	},
	{ id: 'strangeVault', text: 'A vault that the token cannot see', ask: async (lab) => await refusalOf(lab, `/v1/vaults/${STRANGE_ID}`) },
	{ id: 'malformedVault', text: 'A vault ID of another form', ask: async (lab) => await refusalOf(lab, '/v1/vaults/question') },
	{
		id: 'malformedItem',
		text: 'An item ID of another form, in a vault that the token cannot see',
		ask: async (lab) => await refusalOf(lab, `/v1/vaults/${STRANGE_ID}/items/question`),
	},
	{ id: 'missingItem', text: 'An item that is not there', ask: async (lab) => await refusalOf(lab, lab.itemPath(STRANGE_ID)) },
	{
		id: 'archived',
		text: 'Rows with a `state` in the list of items',
		ask: async (lab) => {
			const { status, body } = await lab.list();
			return status === 200 ? (body.some(({ state }) => Boolean(state)) ? 'some' : 'none') : refused(status);
		},
	},
	{
		id: 'deletedRead',
		text: 'GET of an item that was deleted',
		ask: async (lab) => {
			const { id } = await lab.create();
			await lab.until(
				async () => ([204, 404].includes((await lab.call('DELETE', lab.itemPath(id))).status) ? true : undefined),
				'it was not deleted in time',
			);
			return await lab.until(async () => {
				const { status, body } = await lab.call<FullItem>('GET', lab.itemPath(id));
				return status !== 200 ? String(status) : body.state ? 'shows it, with a state' : undefined;
			}, 'it was still shown');
		},
	},
];

/** Whether a list with that filter shows an item of that title, once the unfiltered list does. */
async function finds(lab: Lab, words: string, filterOf: (title: string) => string): Promise<string> {
	const title = ownTitle(words);
	const { id } = await lab.create({ title });
	await lab.until(async () => ((await lab.list()).body.some((row) => row.id === id) ? true : undefined), 'no list showed the item in time');
	const { status, body } = await lab.list(filterOf(title));
	if (status !== 200) return refused(status);
	return body.some((row) => row.id === id) ? 'finds it' : 'finds nothing';
}

async function refusalOf(lab: Lab, path: string): Promise<string> {
	const { status, body } = await lab.call<Partial<ErrorResponse>>('GET', path);
	const said = typeof body === 'object' ? (body.message ?? '') : '';
	return `${status}; speaks of permission: ${yesNo(/permission/i.test(said))}`;
}

function swapCase(text: string): string {
	return [...text].map((letter) => (letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase())).join('');
}
