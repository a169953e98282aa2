import { failure } from '../failure';
import type { ItemContents, ItemRecord } from '../store/records';
import { completeContents, readTags, readUrls, refuseDoubles } from './contents';
import { readCategory, readReplacement } from './itemDraft';
import { booleanAt, stringAt } from './json';
import { FieldBench } from './patchFields';
import type { Operation } from './patchPath';
import { refusePath } from './patchPath';
import type { Rules } from './rules';
import { readSection, readSections } from './sections';

/**
 * The item after a patch in Connect's own manner: fields go by id, `add` to /fields appends, and / is the whole item.
 * All or nothing. @throws ConnectFailure 400, 404, 406
 */
export function applyPatch(item: ItemRecord, operations: readonly Operation[], rules: Rules): ItemContents {
	let contents: ItemContents = item;
	let bench = new FieldBench(contents.fields, rules);
	for (const operation of operations) {
		if (operation.parts[0] === 'fields') {
			bench.apply(operation);
		} else if (operation.parts.length === 0) {
			if (operation.op !== 'replace') refusePath(operation);
			contents = readReplacement(operation.value, item, rules);
			bench = new FieldBench(contents.fields, rules);
		} else {
			contents = changeMember(contents, operation, rules);
		}
	}
	const patched = bench.finish(contents.category, contents.sections);
	refuseDoubles(patched.fields, item.fields);
	return completeContents({ ...contents, ...patched }, item.fields, rules);
}

function changeMember(contents: ItemContents, operation: Operation, rules: Rules): ItemContents {
	const [member, index, ...deeper] = operation.parts;
	if (deeper.length > 0) refusePath(operation);
	const value = operation.op === 'remove' ? undefined : operation.value;
	if (member === 'tags') return { ...contents, tags: readTags(changeList(contents.tags, index, operation)) };
	if (member === 'urls') return { ...contents, urls: readUrls(changeList(contents.urls, index, operation)) };
	if (member === 'sections') return changeSections(contents, index, operation, rules);
	if (index !== undefined) refusePath(operation);
	if (member === 'title') return { ...contents, title: stringAt(value, 'title') ?? '' };
	if (member === 'favorite') return { ...contents, favorite: booleanAt(value, 'favorite') ?? false };
	if (member === 'category') {
		if (readCategory({ category: value }) !== contents.category) throw failure.badRequest('Invalid item category');
		return contents;
	}
	return refusePath(operation);
}

function changeList(list: readonly unknown[], index: string | undefined, operation: Operation): unknown {
	if (index === undefined) return operation.op === 'remove' ? [] : operation.value;
	const last = operation.op === 'add' ? list.length : list.length - 1;
	const at = index === '-' && operation.op === 'add' ? list.length : Number(index);
	if (!/^(-|0|[1-9]\d*)$/.test(index) || !(at <= last)) refusePath(operation);
	const changed = [...list];
	changed.splice(at, operation.op === 'add' ? 0 : 1, ...(operation.op === 'remove' ? [] : [operation.value]));
	return changed;
}

// Adding one section by its object, after the manner of /fields, is a guess.
function changeSections(contents: ItemContents, index: string | undefined, operation: Operation, rules: Rules): ItemContents {
	if (index !== undefined) refusePath(operation);
	if (operation.op === 'add' && !Array.isArray(operation.value)) {
		return { ...contents, sections: [...contents.sections, readSection(operation.value, 'value', rules)] };
	}
	return { ...contents, sections: operation.op === 'remove' ? [] : readSections(operation.value, rules) };
}
