import type { INodeListSearchResult } from 'n8n-workflow';

import { foldName } from '../../core/names/nameMatch';

const PAGE_SIZE = 200;

interface Choice {
	readonly id: string;
	readonly name: string;
}

/**
 * @param filter text that the name must hold; none = everything.
 * @param paginationToken where the page starts.
 * @returns one page in alphabetical order; choices of the same name show their ids.
 */
export function toResults(choices: readonly Choice[], filter: string | undefined, paginationToken: string | undefined): INodeListSearchResult {
	const wanted = foldName(filter ?? '');
	const found = choices
		.filter(({ name }) => foldName(name).includes(wanted))
		.sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
	const names = found.map(({ name }) => name);
	const repeated = new Set(names.filter((name, index) => names[index - 1] === name));
	const start = Number(paginationToken ?? 0);
	const end = start + PAGE_SIZE;
	return {
		results: found.slice(start, end).map(({ id, name }) => ({
			name: repeated.has(name) ? `${name} (${id})` : name,
			value: id,
		})),
		...(end < found.length && { paginationToken: String(end) }),
	};
}
