import type { ItemFile, FullItem } from '../../../nodes/shared/core/wire';
import type { Desk } from './desk';
import { NotExercised } from './exercise';

export interface FiledItem {
	readonly item: FullItem;
	/** Small enough to be sent inline. */
	readonly file: ItemFile;
	/** Of its files, without a slash at the end. */
	readonly path: string;
}

const SMALL_BYTES = 100_000;

/**
 * An item in the vault with a file, which the API can't create.
 * @throws NotExercised when the vault has none: a person has to put one there
 */
export async function filedItem(desk: Desk): Promise<FiledItem> {
	for (const { id, category } of await desk.list()) {
		if (category !== 'DOCUMENT') continue;
		const item = await desk.read(id);
		const file = item.files?.find(({ size }) => size > 0 && size < SMALL_BYTES);
		if (file) return { item, file, path: `${desk.itemPath(id)}/files` };
	}
	throw new NotExercised('the vault has no document below 100 kB');
}
