/**
 * Reads the format in which n8n stores run data: a JSON array of shallow values, in which every nested value
 * is replaced by the index (as a string) of its own entry. Entry 0 is the whole.
 */
export function parseFlatted(text: string): unknown {
	const table = JSON.parse(text) as unknown[];
	const revived = new Map<number, unknown>();

	const revive = (index: number): unknown => {
		if (revived.has(index)) return revived.get(index);
		const entry = table[index];
		if (typeof entry !== 'object' || entry === null) return entry;
		const target: Record<string, unknown> | unknown[] = Array.isArray(entry) ? [] : {};
		// Before its children: they may point back here.
		revived.set(index, target);
		for (const [key, value] of Object.entries(entry)) {
			const child: unknown = typeof value === 'string' ? revive(Number(value)) : value;
			if (Array.isArray(target)) target[Number(key)] = child;
			else target[key] = child;
		}
		return target;
	};

	return revive(0);
}
