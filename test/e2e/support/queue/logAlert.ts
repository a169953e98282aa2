import { readFile } from 'node:fs/promises';

/** A failure as a node of this package leaves it in n8n's JSON log. */
export interface LoggedFailure {
	readonly atMs: number;
	readonly code: string;
	readonly host: string;
	/** Failures that this line stands for. */
	readonly count: number;
	readonly workflowId?: string;
	readonly executionId?: string;
	readonly node?: string;
}

interface LogLine {
	readonly timestamp?: string;
	readonly code?: unknown;
	readonly host?: unknown;
	readonly [name: string]: unknown;
}

/** @returns those of all files, oldest first. */
export async function readFailures(files: readonly string[]): Promise<LoggedFailure[]> {
	const texts = await Promise.all(files.map(async (file) => await readFile(file, 'utf8')));
	return texts.flatMap((text) => text.split('\n').flatMap(readFailure)).sort((one, other) => one.atMs - other.atMs);
}

function readFailure(text: string): LoggedFailure[] {
	const line = parseLine(text);
	if (typeof line?.code !== 'string' || !line.code.startsWith('ONEPASSWORD_') || typeof line.host !== 'string') return [];
	const { timestamp = '', code, host, count, suppressed, workflowId, executionId, node } = line;
	const stands = (typeof count === 'number' ? count : 1) + (typeof suppressed === 'number' ? suppressed : 0);
	return [{ atMs: Date.parse(timestamp), code, host, count: stands, workflowId, executionId, node } as LoggedFailure];
}

function parseLine(text: string): LogLine | undefined {
	try {
		const { metadata, ...rest } = JSON.parse(text) as LogLine & { metadata?: object };
		return { ...rest, ...metadata };
	} catch {
		// Node.js and libraries write to the same stream, and not in JSON.
		return undefined;
	}
}

/** What `sum by (host) (count_over_time(… | code =~ "ONEPASSWORD_.+" [5m])) > 5` finds. */
export function firingHosts(failures: readonly LoggedFailure[], { limit, windowMs }: { limit: number; windowMs: number }): string[] {
	const firing = new Set<string>();
	for (const { host, atMs } of failures) {
		const inWindow = failures.filter((one) => one.host === host && one.atMs > atMs - windowMs && one.atMs <= atMs);
		if (inWindow.reduce((sum, { count }) => sum + count, 0) > limit) firing.add(host);
	}
	return [...firing];
}
