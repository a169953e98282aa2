import { STATUS_CODES } from 'node:http';

import type { Answer } from '../exchange';
import type { Fault, StatusFault } from '../faults';
import { errorAnswer } from './send';

/** A fault's response instead of the server's; undefined if the server itself responds, or nothing does. */
export function answerInstead(fault: Fault): Answer | undefined {
	if (fault.kind === 'status') return statusAnswer(fault);
	if (fault.kind === 'redirect') return { status: fault.status ?? 302, headers: { Location: fault.location } };
	if (fault.kind !== 'html') return undefined;
	const status = fault.status ?? 200;
	const title = status === 200 ? 'Welcome' : `${status} ${STATUS_CODES[status] ?? ''}`.trim();
	return { status, contentType: 'text/html', body: proxyPage(title) };
}

function proxyPage(title: string): string {
	const head = `<head><title>${title}</title></head>`;
	const body = `<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>proxy</center>\r\n</body>`;
	return `<html>\r\n${head}\r\n${body}\r\n</html>\r\n`;
}

/** The response with incomplete JSON. */
export function malformed(answer: Answer): Answer {
	const text = String(answer.body ?? '{}');
	return { ...answer, status: 200, body: text.slice(0, Math.max(1, Math.floor(text.length / 2))) };
}

function statusAnswer(fault: StatusFault): Answer {
	const usual = errorAnswer(fault.status, fault.message ?? STATUS_CODES[fault.status] ?? 'Unknown');
	const body = typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body);
	return {
		...usual,
		...(body !== undefined && { body }),
		...(fault.contentType !== undefined && { contentType: fault.contentType }),
		headers: {
			...(fault.retryAfter !== undefined && { 'Retry-After': String(fault.retryAfter) }),
			...fault.headers,
		},
	};
}
