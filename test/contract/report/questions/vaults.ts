import type { Vault } from '../../../../nodes/shared/core/wire';
import { CALM_MS, pause } from '../../running/eventually';
import type { Lab } from '../lab';
import { Unanswered } from '../lab';
import type { Question } from '../question';
import { refused, yesNo } from '../question';

export const VAULTS: readonly Question[] = [
	{ id: 'contentStep', text: 'By how much `contentVersion` rises with a creation, an update and a deletion', ask: askSteps },
	{
		id: 'itemCount',
		text: '`items` of a vault counts what its list holds',
		ask: async (lab) => {
			await lab.create();
			await pause(CALM_MS);
			const [vault, list] = [await lab.vaultNow(), await lab.list()];
			return list.status === 200 ? yesNo(vault.items === list.body.filter(({ state }) => !state).length) : refused(list.status);
		},
	},
	{
		id: 'vaultUpdatedAt',
		text: '`updatedAt` of a vault moves with its items',
		ask: async (lab) => {
			const before = await calmVault(lab);
			// Times may be cut to whole seconds.
			await pause(1_100);
			await lab.create();
			const after = await lab.until(async () => {
				const vault = await lab.vaultNow();
				return vault.contentVersion !== before.contentVersion || vault.updatedAt !== before.updatedAt ? vault : undefined;
			}, 'nothing about the vault moved');
			return yesNo(after.updatedAt !== before.updatedAt);
		},
	},
];

async function askSteps(lab: Lab): Promise<string> {
	const versions = [(await calmVault(lab)).contentVersion ?? 0];
	const note = async (): Promise<void> => {
		versions.push((await calmVault(lab)).contentVersion ?? 0);
	};
	const item = await lab.create();
	await note();
	await lab.patched(item, { op: 'replace', path: '/favorite', value: true });
	await note();
	await lab.until(async () => ((await lab.call('DELETE', lab.itemPath(item.id))).status === 204 ? true : undefined), 'the item was not deleted');
	lab.forget(item.id);
	await note();
	return versions
		.slice(1)
		.map((version, index) => version - (versions[index] ?? 0))
		.join(', ');
}

/** The vault once it has not changed for a while. */
async function calmVault(lab: Lab): Promise<Vault> {
	let vault = await lab.vaultNow();
	const deadline = Date.now() + 5 * CALM_MS;
	for (let since = Date.now(); Date.now() - since < CALM_MS; await pause()) {
		if (Date.now() > deadline) throw new Unanswered('the vault kept changing');
		const now = await lab.vaultNow();
		if (now.contentVersion === vault.contentVersion) continue;
		// Servers behind one address take turns; the newest counts.
		if ((now.contentVersion ?? 0) < (vault.contentVersion ?? 0)) continue;
		[vault, since] = [now, Date.now()];
	}
	return vault;
}
