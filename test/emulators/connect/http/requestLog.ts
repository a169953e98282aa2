import type { RecordedRequest } from '../emulator';

export type RequestFacts = Omit<RecordedRequest, 'body'>;

const KEPT_BODY_BYTES = 1_048_576;

/** How to add to what is known of a request. */
export interface RequestNote {
	add(more: Partial<RequestFacts>, bodyText?: string): void;
	/** Nothing more will be known about it. */
	finish(): void;
}

/** Remembers every request from its arrival on. Entries are frozen and replaced as more becomes known of them. */
export class RequestLog {
	readonly entries: RecordedRequest[] = [];

	constructor(private readonly onAnswer: ((request: RecordedRequest) => void) | undefined) {}

	open(facts: RequestFacts): RequestNote {
		let known = facts;
		let text = '';
		let entry = freeze(known, text);
		this.entries.push(entry);
		return {
			add: (more, bodyText) => {
				// From the end: it is among the newest, unless the log was cleared meanwhile.
				const index = this.entries.lastIndexOf(entry);
				known = { ...known, ...more };
				text = bodyText ?? text;
				entry = freeze(known, text);
				if (index >= 0) this.entries[index] = entry;
			},
			finish: () => this.onAnswer?.(entry),
		};
	}

	clear(): void {
		this.entries.length = 0;
	}
}

function freeze(facts: RequestFacts, text: string): RecordedRequest {
	const entry: RecordedRequest = { ...facts };
	if (text !== '' && text.length <= KEPT_BODY_BYTES) {
		Object.defineProperty(entry, 'body', { enumerable: true, get: () => parse(text) });
	}
	return Object.freeze(entry);
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
