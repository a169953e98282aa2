import type { IncomingMessage } from 'node:http';

import { failure } from '../failure';

const MAX_BODY_BYTES = 64 * 1_048_576;

/** @throws ConnectFailure 413 above 64 MiB. Rejects when the client goes away. */
export async function readBody(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size > MAX_BODY_BYTES) throw failure.bodyTooLarge();
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString('utf8');
}
