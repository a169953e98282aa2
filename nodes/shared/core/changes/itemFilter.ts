/** Which items a watcher is interested in, judged by what a list shows of them. */

import { foldName } from '../names/nameMatch';
import type { Item } from '../wire';

export interface ItemFilter {
	/** A text that the title holds or, with `*` (any characters) or `?` (one character), a pattern for all of it. Case does not matter. */
	readonly title?: string;
	/** At least one of them; compared exactly. None = any. */
	readonly tags?: readonly string[];
	/** None = any. */
	readonly categories?: readonly string[];
	/** An item with this tag never matches. */
	readonly ignoreTag?: string;
}

/** @returns the test for one item. */
export function compileFilter(filter: ItemFilter): (item: Item) => boolean {
	const { title, tags = [], categories = [], ignoreTag } = filter;
	const fitsTitle = title === undefined ? () => true : titleTest(foldName(title));
	return (item) => {
		const own = item.tags ?? [];
		return (
			!(ignoreTag !== undefined && own.includes(ignoreTag)) &&
			(tags.length === 0 || tags.some((tag) => own.includes(tag))) &&
			(categories.length === 0 || categories.includes(item.category)) &&
			fitsTitle(foldName(item.title ?? ''))
		);
	};
}

function titleTest(wanted: string): (title: string) => boolean {
	return /[*?]/.test(wanted) ? (title) => fitsPattern([...title], [...wanted]) : (title) => title.includes(wanted);
}

/** Goes back to the last star only, so that no pattern takes more than title times pattern steps. */
function fitsPattern(title: readonly string[], pattern: readonly string[]): boolean {
	let at = 0;
	let next = 0;
	let star = -1;
	let resume = 0;
	while (at < title.length) {
		if (pattern[next] === '*') {
			star = next++;
			resume = at;
		} else if (pattern[next] === '?' || pattern[next] === title[at]) {
			next++;
			at++;
		} else if (star >= 0) {
			next = star + 1;
			at = ++resume;
		} else {
			return false;
		}
	}
	return pattern.slice(next).every((step) => step === '*');
}
