/** Answers recorded from real servers, which we may not redistribute: `CONNECT_RECORDED` is their folder. */

import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import type { ApiRequest, ItemFile, FullItem, ServerHealth, Vault } from '../../../nodes/shared/core/wire';

/** As sent by real servers, with undocumented properties. */
export type RecordedItem = FullItem & { readonly additionalInformation?: string };

export interface RecordedError {
	readonly status: number;
	readonly message: string;
	readonly when: string;
}

export interface Recordings {
	readonly items: ReadonlyMap<string, RecordedItem>;
	readonly activity: ReadonlyMap<string, readonly ApiRequest[]>;
	readonly vaults: ReadonlyMap<string, readonly Vault[]>;
	readonly errors: readonly RecordedError[];
	readonly files: readonly ItemFile[];
	readonly health: readonly ServerHealth[];
	/** In the text form of Prometheus. */
	readonly metrics: readonly string[];
	/** Names of files that are none of these. */
	readonly strange: readonly string[];
}

/** @returns `undefined` where the environment names no folder. @throws Error where there is none of that name. */
export function recordings(folder = process.env['CONNECT_RECORDED']): Recordings | undefined {
	if (!folder) return undefined;
	const found = {
		items: new Map<string, RecordedItem>(),
		activity: new Map<string, readonly ApiRequest[]>(),
		vaults: new Map<string, readonly Vault[]>(),
		errors: [] as RecordedError[],
		files: [] as ItemFile[],
		health: [] as ServerHealth[],
		metrics: [] as string[],
		strange: [] as string[],
	};
	for (const name of readdirSync(folder).sort()) {
		const text = readFileSync(path.join(folder, name), 'utf8');
		if (name.endsWith('.txt')) found.metrics.push(text);
		else sortIn(found, name.replace(/\.json$/, ''), JSON.parse(text) as Recorded);
	}
	return found;
}

interface Recorded {
	readonly answer?: unknown;
	readonly entries?: ReadonlyArray<RecordedError & { readonly answer?: ItemFile }>;
	readonly dependencies?: unknown;
}

type Collected = {
	-readonly [Kind in keyof Recordings]: Recordings[Kind] extends ReadonlyMap<string, infer Value>
		? Map<string, Value>
		: Recordings[Kind] extends ReadonlyArray<infer Value>
			? Value[]
			: never;
};

function sortIn(found: Collected, name: string, recorded: Recorded): void {
	const { answer, entries } = recorded;
	const [first] = Array.isArray(answer) ? (answer as object[]) : [];
	if (first && 'requestId' in first) found.activity.set(name, answer as ApiRequest[]);
	else if (first && 'attributeVersion' in first) found.vaults.set(name, answer as Vault[]);
	else if (isItem(answer)) found.items.set(name, answer);
	else if (recorded.dependencies !== undefined) found.health.push(recorded as unknown as ServerHealth);
	else if (entries?.every(({ status }) => status >= 400)) found.errors.push(...entries);
	else if (entries?.every(({ answer: file }) => file?.size !== undefined)) found.files.push(...entries.flatMap(({ answer: file }) => file ?? []));
	else found.strange.push(name);
}

function isItem(answer: unknown): answer is RecordedItem {
	return typeof answer === 'object' && answer !== null && 'category' in answer;
}

/** What no output may show without reveal. Decided here independently of the code under test. */
export function secretsOf({ category, fields = [], additionalInformation, ...rest }: RecordedItem): string[] {
	const secretTypes = new Set(['CONCEALED', 'CREDIT_CARD_NUMBER', 'OTP', 'SSHKEY']);
	const values = fields.flatMap((field) => {
		const isSecret = secretTypes.has(field.type ?? 'STRING') || field.purpose === 'PASSWORD' || field.purpose === 'NOTES';
		const details = { ...field.passwordDetails, ...(field as { password_details?: { history?: string[] } }).password_details };
		return [...(isSecret ? [field.value, field.totp] : []), ...(details.history ?? [])];
	});
	const { additional_information: oldInformation } = rest as { additional_information?: string };
	const lines = category === 'SECURE_NOTE' ? [additionalInformation, oldInformation] : [];
	return [...values, ...lines].filter((value): value is string => Boolean(value));
}
