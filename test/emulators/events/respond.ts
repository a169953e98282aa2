import type { ServerResponse } from 'node:http';

import type { Clock } from '../connect/clock';
import type { Answer } from '../connect/exchange';
import type { Behaviour } from './emulator';
import type { EventsFailure } from './failure';

export function jsonAnswer(value: unknown): Answer {
	return { status: 200, body: JSON.stringify(value) };
}

export function failureAnswer({ status, message, retryAfter }: EventsFailure, errorBody: Behaviour['errorBody']): Answer {
	const body = errorBody === 'description' ? { Error: { Message: message } } : { status, message };
	return {
		status,
		body: JSON.stringify(body),
		...(retryAfter !== undefined && { headers: { 'Retry-After': String(retryAfter) } }),
	};
}

/** Sends the whole answer, with a pause in the middle of the body where there is one. */
export async function respond(response: ServerResponse, answer: Answer, clock: Clock, pauseMs = 0): Promise<void> {
	const body = writeHead(response, answer, clock);
	if (pauseMs > 0 && body.length > 1) {
		response.write(body.subarray(0, body.length >> 1));
		await clock.sleep(pauseMs);
		response.end(body.subarray(body.length >> 1));
		return;
	}
	response.end(body);
}

/** Sends half of the body and breaks the connection. */
export function respondByHalf(response: ServerResponse, answer: Answer, clock: Clock): void {
	const body = writeHead(response, answer, clock);
	response.write(body.subarray(0, body.length >> 1), () => response.socket?.destroy());
}

function writeHead(response: ServerResponse, answer: Answer, clock: Clock): Buffer {
	const body = Buffer.from(answer.body ?? '');
	// Node would take the time from the real clock.
	response.sendDate = false;
	response.writeHead(answer.status, {
		Date: new Date(clock.now()).toUTCString(),
		'Content-Type': answer.contentType ?? 'application/json',
		'Content-Length': String(body.length),
		...answer.headers,
	});
	return body;
}
