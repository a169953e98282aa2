/** The results as a person or a program wants them. */

import type { Bench, BenchResult } from './bench';

export type Results = ReadonlyArray<readonly [Bench, BenchResult]>;

export function toJson(results: Results): string {
	return JSON.stringify(Object.fromEntries(results.map(([{ name }, result]) => [name, result])));
}

const HEAD = ['bench', 'ours', 'peer', 'floor', 'peer / ours', 'ours / floor', 'aim', 'requests (ours, peer, floor)', 'bytes an item (state, heap)'];

/** Names to the left, numbers to the right. */
export function toTable(results: Results): string {
	const rows = [HEAD, ...results.map(([bench, result]) => toRow(bench, result))];
	const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
	return rows
		.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))))
		.map((cells) => cells.join('  ').trimEnd())
		.join('\n');
}

function toRow({ name, unit }: Bench, result: BenchResult): string[] {
	const { requests, stateBytesPerItem, heapBytesPerItem } = result;
	return [
		name,
		withUnit(result.ours, unit),
		withUnit(result.peer, unit),
		withUnit(result.floor, unit),
		withUnit(result.ratio, '×'),
		withUnit(result.floorRatio, '×'),
		withUnit(result.aim, unit),
		requests === undefined ? '' : `${requests.ours}, ${requests.peer}, ${requests.floor}`,
		stateBytesPerItem === undefined ? '' : `${stateBytesPerItem}, ${heapBytesPerItem}`,
	];
}

function withUnit(value: number | undefined, unit: string): string {
	return value === undefined ? '' : `${value} ${unit}`;
}
