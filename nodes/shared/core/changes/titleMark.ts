import { createHash } from 'node:crypto';

import type { Item } from '../wire';

/**
 * @returns 24 bits that tell items apart by title and category, never 0. A moved item is a copy with a new id: these bits are
 * what the copy and the deleted original have in common.
 */
export function markItem({ title = '', category }: Item): number {
	const digest = createHash('sha256')
		.update(JSON.stringify([title, category]))
		.digest();
	return Math.max(1, digest.readUIntBE(0, 3));
}
