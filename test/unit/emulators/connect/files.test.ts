import { afterEach, describe, expect, it } from '@jest/globals';

import type { ItemFile } from '../../../../nodes/shared/core/wire';
import type { BehaviourOptions } from '../../../emulators/connect';
import { manualClock } from '../../../emulators/connect';
import type { Desk } from './support';
import { closeAll, startWith } from './support';

afterEach(closeAll);

const TEXT = 'Grüße 🔑\n';
const FILES = [
	{ name: 'note.txt', content: TEXT, section: { id: 's' } },
	{ name: 'big.bin', content: new Uint8Array(2_000).fill(255) },
	{ name: 'schlüssel.pem', content: 'x' },
];

async function withFiles(behaviour: BehaviourOptions = {}, rest = {}): Promise<{ desk: Desk; path: string; files: ItemFile[] }> {
	const desk = await startWith([{ category: 'DOCUMENT', files: FILES }], behaviour, rest);
	const path = `${desk.itemsPath}/${desk.id()}/files`;
	return { desk, path, files: (await desk.call<ItemFile[]>('GET', `${path}/`)).body };
}

describe('files', () => {
	it('are listed with name, size in bytes, section and where their content is', async () => {
		const { path, files } = await withFiles();
		expect(files.map(({ size }) => size)).toEqual([Buffer.byteLength(TEXT), 2_000, 1]);
		const [note] = files;
		const content_path = `${path}/${note?.id}/content`;
		expect(note).toEqual({ id: note?.id, name: 'note.txt', size: 13, section: { id: 's' }, content_path });
	});

	it('come without the leading slash when told so', async () => {
		const { files } = await withFiles({ contentPathSlash: false });
		expect(files[0]?.content_path).toMatch(/^v1\/vaults\//);
	});

	it('download byte for byte with name and length', async () => {
		const { desk, files } = await withFiles();
		const { headers, text } = await desk.call<string>('GET', files[0]?.content_path ?? '');
		expect(text).toBe(TEXT);
		expect(headers.get('content-type')).toBe('application/octet-stream');
		expect(headers.get('content-disposition')).toBe('attachment; filename="note.txt"');
		expect(headers.get('content-length')).toBe('13');
	});

	it('download under a name outside of ASCII', async () => {
		const { desk, files } = await withFiles();
		const { headers } = await desk.call<string>('GET', files[2]?.content_path ?? '');
		expect(headers.get('content-disposition')).toBe("attachment; filename*=utf-8''schl%C3%BCssel.pem");
	});

	it.each(['inline_files', 'inline_content'])('carry their content with %s', async (parameter) => {
		const { desk, path, files } = await withFiles();
		const { body } = await desk.call<ItemFile>('GET', `${path}/${files[0]?.id}?${parameter}=true`);
		expect(Buffer.from(body.content ?? '', 'base64').toString()).toBe(TEXT);
	});

	it('above the limit are refused inline with 413, one by one and in a list', async () => {
		const { desk, path, files } = await withFiles({ inlineFileLimitBytes: 1_999 });
		for (const target of [`${path}/${files[1]?.id}?inline_files=true`, `${path}?inline_files=true`]) {
			const { status, body } = await desk.call('GET', target);
			expect([status, body.message]).toEqual([413, expect.stringMatching(/^File is too large to inline/)]);
		}
	});

	it('answer 404 when there is none of that id', async () => {
		const { desk, path } = await withFiles();
		const id = 'z'.repeat(26);
		expect((await desk.call('GET', `${path}/${id}/content`)).body.message).toBe(`file ${id} not found`);
	});

	it('have no content until they are synced', async () => {
		const clock = manualClock();
		const { desk, files } = await withFiles({ fileContentReadyMs: 500 }, { clock });
		const target = files[0]?.content_path ?? '';
		expect((await desk.call('GET', target)).body).toEqual({ status: 500, message: 'Something went wrong' });
		clock.advance(500);
		expect((await desk.call('GET', target)).status).toBe(200);
	});
});
