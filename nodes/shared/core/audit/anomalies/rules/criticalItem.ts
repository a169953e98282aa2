import type { RuleMemory } from '../memory';
import type { AnomalyRule } from '../rule';
import type { RuleRow } from '../ruleRow';

export const criticalItem: AnomalyRule = {
	id: 'criticalItem',
	name: 'Critical Item',
	description: 'Any request for an item with a certain tag',
	isDefault: true,
	severity: 'medium',
	needsTags: true,
	test(row, { tagged }, memory) {
		const key = keyOf(row);
		// Who deletes the item, or removes its tag, must not hide by that what was done with it before.
		const isCritical = tagged.get(key) === true || memory.wasTagged(key);
		return isCritical ? `${row.action} of an item that is tagged as critical.` : undefined;
	},
};

/** @returns whether nobody can tell if the row is of a critical item: it is not listed, and was not before. */
export function isOfUnknownItem(row: RuleRow, tagged: ReadonlyMap<string, boolean>, memory: RuleMemory): boolean {
	const key = keyOf(row);
	return row.itemId !== null && !tagged.has(key) && !memory.wasTagged(key);
}

function keyOf({ vaultId, itemId }: RuleRow): string {
	return `${vaultId}/${itemId}`;
}
