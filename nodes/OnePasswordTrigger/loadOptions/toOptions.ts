import type { INodePropertyOptions } from 'n8n-workflow';

/** @returns the choices in alphabetical order; those of the same name show their ids. */
export function toOptions(things: ReadonlyArray<{ readonly id: string; readonly name: string }>): INodePropertyOptions[] {
	const sorted = [...things].sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
	return sorted.map(({ id, name }, index) => {
		const isRepeated = sorted[index - 1]?.name === name || sorted[index + 1]?.name === name;
		return { name: isRepeated ? `${name} (${id})` : name, value: id };
	});
}
