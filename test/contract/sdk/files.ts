import { expect } from '@jest/globals';

import { eventually } from '../running/eventually';
import { filedItem } from '../running/filedItem';
import { STRANGE_ID } from '../running/strangers';
import type { Exercises } from './exercises';
import { ownTitle } from './exercises';

const NO_FILE = { status: 404, message: `file ${STRANGE_ID} not found` };

export const fileMethods: Exercises<'listFiles' | 'getFileById' | 'getFileContent' | 'getFileContentStream'> = {
	listFiles: {
		'takes ids': async ({ client, desk }) => {
			const { item, file } = await filedItem(desk);
			const files = await client.listFiles(desk.vaultId, item.id);
			expect(files).toContainEqual(expect.objectContaining({ id: file.id, name: file.name, size: file.size }));
		},
		'takes names': async ({ client, desk }) => {
			const { item, file } = await filedItem(desk);
			const files = await client.listFiles(desk.server.vault.name, item.title ?? '');
			expect(files.map(({ id }) => id)).toContain(file.id);
		},
		'finds none in an item without files': async ({ client, desk }) => {
			const { id } = await desk.create();
			await eventually(async () => expect(await client.listFiles(desk.vaultId, id)).toEqual([]));
		},
		'finds no item of that name': async ({ client, desk }) => {
			const wanted = client.listFiles(desk.vaultId, ownTitle('nothing'));
			await expect(wanted).rejects.toEqual({ status: 404, message: 'No Items found with title' });
		},
	},
	getFileById: {
		'gets the file': async ({ client, desk }) => {
			const { item, file } = await filedItem(desk);
			expect(await client.getFileById(desk.vaultId, item.id, file.id)).toMatchObject({ id: file.id, name: file.name });
		},
		'wants an id': async ({ client, desk }) => {
			await expect(client.getFileById(desk.vaultId, STRANGE_ID, '')).rejects.toThrow('No fileId provided');
		},
		'passes on the refusal of the server': async ({ client, desk }) => {
			const { item } = await filedItem(desk);
			await expect(client.getFileById(desk.vaultId, item.id, STRANGE_ID)).rejects.toEqual(NO_FILE);
		},
	},
	getFileContent: {
		'gets the text, beyond ASCII too': async ({ client, desk }) => {
			const { item, file, path } = await filedItem(desk);
			await eventually(async () => {
				const text = await client.getFileContent(desk.vaultId, item.id, file.id);
				expect(text).toBe((await desk.call('GET', `${path}/${file.id}/content`)).bytes.toString('utf8'));
			});
		},
		'wants an id': async ({ client, desk }) => {
			await expect(client.getFileContent(desk.vaultId, STRANGE_ID, '')).rejects.toThrow('No fileId provided');
		},
	},
	getFileContentStream: {
		'streams every byte': async ({ client, desk }) => {
			const { item, file } = await filedItem(desk);
			const stream = await eventually(async () => await client.getFileContentStream(desk.vaultId, item.id, file.id));
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			await new Promise((resolve, reject) => stream.on('end', resolve).on('error', reject));
			expect(Buffer.concat(chunks)).toHaveLength(file.size);
		},
		'wants an id': async ({ client, desk }) => {
			await expect(client.getFileContentStream(desk.vaultId, STRANGE_ID, '')).rejects.toThrow('No fileId provided');
		},
	},
};
