import type { ItemFile } from '../../../../nodes/shared/core/wire';
import type { Endpoint, Exchange } from '../exchange';
import { json } from '../exchange';
import { failure } from '../failure';
import { presentFile, presentationOf } from '../present';
import type { ConnectState } from '../state';
import type { ItemRecord, StoredFile } from '../store/records';
import { presentItem, visitTo } from './itemReads';

export const listFiles: Endpoint = (state, exchange) => {
	const item = presentItem(state, exchange);
	return json(
		item.files.map((file) => withContent(state, exchange, item, file)),
		{ visits: [visitTo(item, 'READ')] },
	);
};

export const getFile: Endpoint = (state, exchange) => {
	const item = presentItem(state, exchange);
	return json(withContent(state, exchange, item, findFile(item, exchange)), { visits: [visitTo(item, 'READ')] });
};

export const getFileContent: Endpoint = (state, exchange) => {
	const item = presentItem(state, exchange);
	const file = findFile(item, exchange);
	refuseUnsynced(state, file);
	return {
		status: 200,
		contentType: 'application/octet-stream',
		headers: { 'Content-Disposition': disposition(file.name) },
		body: file.content,
		visits: [visitTo(item, 'READ')],
	};
};

function findFile(item: ItemRecord, exchange: Exchange): StoredFile {
	const file = item.files.find(({ id }) => id === exchange.fileId);
	if (!file) throw failure.fileNotFound(exchange.fileId);
	return file;
}

function withContent(state: ConnectState, exchange: Exchange, item: ItemRecord, file: StoredFile): ItemFile {
	const shown = presentFile(item, file, presentationOf(state));
	// The specification and the documentation pages name this parameter differently.
	const inline = exchange.query.get('inline_files') ?? exchange.query.get('inline_content');
	if (inline !== 'true') return shown;
	if (file.content.length > state.behaviour.inlineFileLimitBytes) throw failure.fileTooLarge();
	refuseUnsynced(state, file);
	return { ...shown, content: file.content.toString('base64') };
}

function refuseUnsynced(state: ConnectState, file: StoredFile): void {
	if (state.clock.now() < file.createdAtMs + state.behaviour.fileContentReadyMs) throw failure.internal();
}

// Header bytes are Latin-1 in Node; the second form carries any name (RFC 6266). Its use by real servers is a guess.
function disposition(name: string): string {
	const plain = name.replace(/["\\]/g, '\\$&');
	if (/^[\x20-\x7e]*$/.test(name)) return `attachment; filename="${plain}"`;
	return `attachment; filename*=utf-8''${encodeURIComponent(name)}`;
}
