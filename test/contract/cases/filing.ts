import { describe, expect } from '@jest/globals';

import type { ErrorResponse, ItemFile } from '../../../nodes/shared/core/wire';
import { contract } from '../evidence';
import type { Desk } from '../running/desk';
import { eventually } from '../running/eventually';
import { filedItem } from '../running/filedItem';
import { STRANGE_ID } from '../running/strangers';

export function filing(desk: Desk): void {
	/** Real servers answer 500 until they have fetched the content. */
	const fetched = async <T>(path: string) =>
		await eventually(async () => {
			const reply = await desk.call<T>('GET', path);
			expect(reply.status).toBe(200);
			return reply;
		});

	describe('files', () => {
		contract('are listed with id, name and size', { source: 'documented', basis: 'OpenAPI File' }, async () => {
			const { file, path } = await filedItem(desk);
			const { body } = await fetched<ItemFile[]>(path);
			expect(body).toContainEqual(expect.objectContaining({ id: file.id, name: file.name, size: file.size }));
			expect(file.id).toMatch(/^[\da-z]{26}$/);
		});

		contract('are the same in the item, in the list and one by one', { source: 'documented', basis: 'OpenAPI FullItem' }, async () => {
			const { item, file, path } = await filedItem(desk);
			expect((await fetched<ItemFile[]>(path)).body).toEqual(item.files);
			expect((await fetched<ItemFile>(`${path}/${file.id}`)).body).toEqual(file);
		});

		contract(
			'say where their content is, with or without a slash in front',
			{ source: 'observed', basis: 'OpenAPI and the Go SDK differ' },
			async () => {
				const { file, path } = await filedItem(desk);
				expect(file.content_path?.replace(/^\/?/, '/')).toBe(`${path}/${file.id}/content`);
			},
		);

		contract('download with their size and name', { source: 'documented', basis: 'OpenAPI DownloadFileByID' }, async () => {
			const { file, path } = await filedItem(desk);
			const { bytes, headers } = await fetched(`${path}/${file.id}/content`);
			expect([bytes.length, headers.get('content-length')]).toEqual([file.size, String(file.size)]);
			expect(headers.get('content-type')).toMatch(/^application\/octet-stream\b/);
			expect(headers.get('content-disposition')).toMatch(/^attachment; filename/);
		});

		contract('hold the same bytes inline, in Base64', { source: 'documented', basis: 'OpenAPI inline_files' }, async () => {
			const { file, path } = await filedItem(desk);
			const { bytes } = await fetched(`${path}/${file.id}/content`);
			const { body } = await fetched<ItemFile>(`${path}/${file.id}?inline_files=true`);
			expect(Buffer.from(body.content ?? '', 'base64')).toEqual(bytes);
		});

		contract('are not sent inline unasked', { source: 'documented', basis: 'OpenAPI inline_files' }, async () => {
			const { file, path } = await filedItem(desk);
			expect((await fetched<ItemFile>(`${path}/${file.id}`)).body).not.toHaveProperty('content');
		});

		contract('beyond the limit get 413 inline', { source: 'documented', basis: 'OpenAPI, in its words', needs: 'emulator' }, async () => {
			const { item, path } = await filedItem(desk);
			const large = item.files?.find(({ size }) => size > 102_400);
			for (const target of [path, `${path}/${large?.id}`]) {
				const { status, body } = await desk.call<ErrorResponse>('GET', `${target}?inline_files=true`);
				expect([status, body.message]).toEqual([413, expect.stringMatching(/^File is too large to inline in request\./)]);
			}
		});

		contract('that are not there get 404', { source: 'documented', basis: 'OpenAPI, in its words' }, async () => {
			const { path } = await filedItem(desk);
			for (const target of [`${path}/${STRANGE_ID}`, `${path}/${STRANGE_ID}/content`]) {
				const { status, body } = await desk.call<ErrorResponse>('GET', target);
				expect([status, body.message]).toEqual([404, `file ${STRANGE_ID} not found`]);
			}
		});

		contract('of an item without any are an empty list', { source: 'observed', basis: 'tests of the JS SDK' }, async () => {
			const { id } = await desk.create();
			await desk.read(id);
			expect((await fetched(`${desk.itemPath(id)}/files`)).body).toEqual([]);
		});
	});
}
