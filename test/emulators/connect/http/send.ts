import type { ServerResponse } from 'node:http';

import type { Answer } from '../exchange';
import type { ConnectState } from '../state';

/** Sends the whole answer. */
export function send(state: ConnectState, response: ServerResponse, answer: Answer): void {
	writeHead(state, response, answer);
	response.end(answer.body);
}

/** Sends the headers and half of the body, then breaks the connection. */
export function sendHalf(state: ConnectState, response: ServerResponse, answer: Answer): void {
	const body = Buffer.from(answer.body ?? '');
	if (body.length === 0) {
		response.socket?.destroy();
		return;
	}
	writeHead(state, response, answer);
	response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.destroy());
}

export function errorAnswer(status: number, message: string): Answer {
	return { status, body: JSON.stringify({ status, message }) };
}

function writeHead(state: ConnectState, response: ServerResponse, answer: Answer): void {
	// Node would take the time from the real clock.
	response.sendDate = false;
	response.writeHead(answer.status, {
		Date: new Date(state.clock.now()).toUTCString(),
		'1Password-Connect-Version': state.version,
		...(answer.body !== undefined && {
			'Content-Type': answer.contentType ?? 'application/json',
			'Content-Length': String(Buffer.byteLength(answer.body)),
		}),
		...answer.headers,
	});
}
