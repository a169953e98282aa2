import type { Reply } from '../running/http';
import type { Deviation } from './deviations';
import { KNOWN_DEVIATIONS } from './deviations';
import type { ApiDocument, Operation } from './document';
import { operationFor, operationsOf } from './document';
import { Validator } from './validator';

/** Checks responses against the file, and records which known deviations occurred. */
export class Judge {
	readonly operations: readonly Operation[];
	private readonly validator: Validator;
	private readonly met = new Set<string>();

	/** @param deviations what is known to differ */
	constructor(
		document: ApiDocument,
		private readonly deviations: readonly Deviation[] = KNOWN_DEVIATIONS,
	) {
		this.operations = operationsOf(document);
		this.validator = new Validator(document);
	}

	/** What is wrong with the answer; known deviations are not. */
	faultsOf(operation: Operation, reply: Reply): string[] {
		return this.validator.differencesOf(operation, reply).filter((difference) => {
			const known = this.deviations.some((deviation) => deviation.difference === difference);
			if (known) this.met.add(difference);
			return !known;
		});
	}

	/** The same for all server responses, each with its request. */
	faultsOfAll(replies: readonly Reply[]): string[] {
		const faults = replies.flatMap((reply) => {
			const { method, path } = reply.request;
			const operation = operationFor(this.operations, method, path);
			const differences = operation ? this.faultsOf(operation, reply) : ['no such route in the file'];
			return differences.map((difference) => `${method} ${operation?.template ?? path} ${reply.status}: ${difference}`);
		});
		return [...new Set(faults)];
	}

	/** Known deviations that no answer has shown. */
	unmet(): string[] {
		return this.deviations.map(({ difference }) => difference).filter((difference) => !this.met.has(difference));
	}
}
