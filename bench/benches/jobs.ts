import type { Job } from '../contest';
import { REFERENCED_FIELDS, SECRET_FIELD } from '../server/seed';
import type { BenchServer } from '../server/startServer';

/** The secret of the first items of every vault, taken from the vaults in turn. */
export function jobsAcrossVaults({ vaults }: BenchServer, count: number): Job[] {
	return Array.from({ length: count }, (_, index) => {
		const vault = vaults[index % vaults.length];
		const item = vault?.items[Math.floor(index / vaults.length)];
		if (vault === undefined || item === undefined) throw new Error(`The seed has fewer than ${count} items.`);
		return { vaultId: vault.id, vaultName: vault.name, title: item.title, field: SECRET_FIELD };
	});
}

/** Every field of these items: all first ones, then all second ones, so that no item's come one after the other. */
export function fieldsAcrossVaults(server: BenchServer, items: number): Job[] {
	const jobs = jobsAcrossVaults(server, items);
	return REFERENCED_FIELDS.flatMap((field) => jobs.map((job) => ({ ...job, ...field })));
}
