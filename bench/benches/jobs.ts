import type { Job } from '../contest';
import type { BenchServer } from '../server/startServer';

/** The first items of every vault, taken from the vaults in turn. */
export function jobsAcrossVaults({ vaults }: BenchServer, count: number): Job[] {
	return Array.from({ length: count }, (_, index) => {
		const vault = vaults[index % vaults.length];
		const item = vault?.items[Math.floor(index / vaults.length)];
		if (vault === undefined || item === undefined) throw new Error(`The seed has fewer than ${count} items.`);
		return { vaultId: vault.id, title: item.title };
	});
}
