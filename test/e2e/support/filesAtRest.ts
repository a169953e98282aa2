import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** Program files, where a run can't leave a secret. */
const NOT_DATA = [join('.n8n', 'nodes'), join('.cache', 'n8n', 'public')];

/** The raw bytes of n8n's SQLite database, with its write-ahead log: including deleted data that is not overwritten. */
export async function readDatabaseBytes(userFolder: string): Promise<Buffer> {
	const folder = join(userFolder, '.n8n');
	const names = (await readdir(folder)).filter((name) => name.startsWith('database.sqlite'));
	if (names.length === 0) throw new Error(`No database in ${folder}`);
	return Buffer.concat(await Promise.all(names.map(async (name) => await readFile(join(folder, name)))));
}

/** User-folder-relative paths of the files that hold `text` as UTF-8: database, event log, binary data, crash journal … */
export async function findAtRest(userFolder: string, text: string): Promise<string[]> {
	const needle = Buffer.from(text);
	const entries = await readdir(userFolder, { recursive: true, withFileTypes: true });
	const found: string[] = [];
	for (const entry of entries) {
		const file = join(entry.parentPath, entry.name);
		const path = relative(userFolder, file);
		if (!entry.isFile() || NOT_DATA.some((folder) => path.startsWith(folder + sep))) continue;
		// A file may vanish between listing and reading: n8n is running.
		const bytes = await readFile(file).catch(() => Buffer.alloc(0));
		if (bytes.includes(needle)) found.push(path);
	}
	return found;
}
