/**
 * The shape of the production code. A room is a folder; what stands directly in it are its parts, files and folders. An
 * arrow leads from one part to another that it imports from, whichever of their files do.
 */

import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { ROOT, importsOf } from './sources';

export interface Room {
	/** Path below the root. */
	readonly path: string;
	/** Files in it and in the rooms inside it. */
	readonly files: number;
	/** Files that stand in no further room. */
	readonly loose: number;
	/** Parts on the longest way down its arrows; a circle counts as one floor. */
	readonly floors: number;
	readonly arrows: number;
	/** Arrows that would have to go so that its parts could be put in an order in which every arrow leads down. */
	readonly upward: readonly string[];
}

export interface House {
	/** Those with more than one part, outermost first. */
	readonly rooms: readonly Room[];
	/** Files that import each other, directly or through others; `typeOnly` where nothing of it runs. */
	readonly circles: ReadonlyArray<{ readonly files: readonly string[]; readonly typeOnly: boolean }>;
}

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** @param root of a checkout. Default: this one. */
export function measure(root = ROOT): House {
	const files = ['nodes', 'credentials'].flatMap((folder) => typescriptIn(root, folder));
	const known = new Set(files);
	const imports = files.flatMap((from) =>
		importsOf(from, readFileSync(path.join(root, from), 'utf8')).flatMap(({ target, typeOnly }) => {
			const to = [`${target}.ts`, `${target}/index.ts`].find((file) => known.has(file));
			return to === undefined ? [] : [{ from, to, typeOnly }];
		}),
	);
	const all = toGraph(files, imports);
	const running = toGraph(
		files,
		imports.filter(({ typeOnly }) => !typeOnly),
	);
	const runningCircles = circlesOf(running).flat();
	return {
		rooms: foldersOf(files)
			.map((folder) => measureRoom(folder, files, imports))
			.filter((room) => room.loose > 1 || room.arrows > 0),
		circles: circlesOf(all).map((circle) => ({
			files: [...circle].sort(),
			typeOnly: !circle.some((file) => runningCircles.includes(file)),
		})),
	};
}

function typescriptIn(root: string, folder: string): string[] {
	return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
		.map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
		.sort();
}

function foldersOf(files: readonly string[]): string[] {
	const folders = files.flatMap((file) => {
		const parts = file.split('/').slice(0, -1);
		return parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
	});
	return ['', ...new Set(folders)].sort();
}

function measureRoom(folder: string, files: readonly string[], imports: ReadonlyArray<{ from: string; to: string }>): Room {
	const prefix = folder === '' ? '' : `${folder}/`;
	const inside = files.filter((file) => file.startsWith(prefix));
	const partOf = (file: string): string => file.slice(prefix.length).split('/')[0] ?? '';
	const graph = toGraph(
		[...new Set(inside.map(partOf))],
		imports
			.filter(({ from, to }) => from.startsWith(prefix) && to.startsWith(prefix))
			.map(({ from, to }) => ({ from: partOf(from), to: partOf(to) })),
	);
	return {
		path: folder || '.',
		files: inside.length,
		loose: inside.filter((file) => !file.slice(prefix.length).includes('/')).length,
		floors: floorsOf(graph),
		arrows: [...graph.values()].reduce((sum, targets) => sum + targets.size, 0),
		upward: upwardOf(graph),
	};
}

function toGraph(nodes: readonly string[], edges: ReadonlyArray<{ from: string; to: string }>): Graph {
	const graph = new Map(nodes.map((node) => [node, new Set<string>()]));
	for (const { from, to } of edges) if (from !== to) graph.get(from)?.add(to);
	return graph;
}

/** Groups of more than one node of which each leads to every other one (Tarjan). */
function circlesOf(graph: Graph): string[][] {
	return componentsOf(graph).filter(({ length }) => length > 1);
}

/** Every group comes after those that it leads to. */
function componentsOf(graph: Graph): string[][] {
	const index = new Map<string, number>();
	const low = new Map<string, number>();
	const stack: string[] = [];
	const components: string[][] = [];
	const visit = (node: string): void => {
		index.set(node, index.size);
		low.set(node, index.size - 1);
		stack.push(node);
		for (const next of graph.get(node) ?? []) {
			if (!index.has(next)) visit(next);
			if (stack.includes(next)) low.set(node, Math.min(low.get(node) ?? 0, low.get(next) ?? 0));
		}
		if (low.get(node) === index.get(node)) components.push(stack.splice(stack.indexOf(node)));
	};
	for (const node of graph.keys()) if (!index.has(node)) visit(node);
	return components;
}

function floorsOf(graph: Graph): number {
	const height = new Map<string, number>();
	for (const component of componentsOf(graph)) {
		const below = component.flatMap((node) => [...(graph.get(node) ?? [])]).filter((node) => !component.includes(node));
		const floor = 1 + Math.max(0, ...below.map((node) => height.get(node) ?? 0));
		for (const node of component) height.set(node, floor);
	}
	return Math.max(0, ...height.values());
}

/** Takes out of each circle, again and again, the part that has the fewest arrows from the others. */
function upwardOf(graph: Graph): string[] {
	const upward: string[] = [];
	let rest = new Map([...graph].map(([node, targets]) => [node, new Set(targets)]));
	for (let circles = circlesOf(rest); circles.length > 0; circles = circlesOf(rest)) {
		for (const circle of circles) {
			const into = (part: string): string[] => circle.filter((other) => rest.get(other)?.has(part));
			const [top = ''] = [...circle].sort((one, other) => into(one).length - into(other).length || one.localeCompare(other));
			for (const from of into(top)) {
				upward.push(`${from} → ${top}`);
				rest.get(from)?.delete(top);
			}
		}
		rest = new Map(rest);
	}
	return upward.sort();
}
