/** Problems of a Connect server and its access token. Contains no value and no text from the server. */

import { OnePasswordError, invalidInput, type ErrorCode } from '../errors/onePasswordError';
import type { TokenInfo } from './tokenInfo';
import type { ServerHealth } from '../wire';

export interface HealthChecks {
	/** The response of `/health`. */
	readonly server: ServerHealth | OnePasswordError;
	/** Of a small request; absent if it failed. */
	readonly latencyMs?: number;
	/** Vaults that the token can access. */
	readonly vaults: number | OnePasswordError;
	readonly token: Pick<TokenInfo, 'expiresAt'>;
}

export interface HealthProblem {
	readonly code: ErrorCode;
	readonly message: string;
}

export interface HealthReport {
	readonly healthy: boolean;
	readonly reachable: boolean;
	readonly version?: string;
	readonly latencyMs?: number;
	readonly dependencies: ReadonlyArray<{ readonly service: string; readonly status: string }>;
	readonly token: {
		readonly accepted: boolean;
		readonly vaults?: number;
		/** ISO 8601; `null` = never, or not stated in the token. */
		readonly expiresAt: string | null;
		/** Whole days, rounded down; negative once it has expired. */
		readonly daysLeft: number | null;
	};
	readonly problems: readonly HealthProblem[];
}

const DAY_MS = 24 * 3600 * 1000;

/**
 * @param now milliseconds since the epoch. @param warningDays days before its expiry when a token starts to count as a
 * problem.
 */
export function reportHealth(checks: HealthChecks, now: number, warningDays: number): HealthReport {
	const { server, vaults, token, latencyMs } = checks;
	const health = server instanceof OnePasswordError ? undefined : server;
	const dependencies = (health?.dependencies ?? []).map(({ service, status }) => ({ service, status }));
	const daysLeft = token.expiresAt === undefined ? null : Math.floor((Date.parse(token.expiresAt) - now) / DAY_MS);
	const problems = [
		...failuresOf(server, vaults),
		...dependencies.filter(({ status }) => status !== 'ACTIVE').map(inactive),
		...(token.expiresAt !== undefined && daysLeft !== null && daysLeft < warningDays ? [expiring(token.expiresAt, daysLeft)] : []),
	];
	return {
		healthy: problems.length === 0,
		reachable: health !== undefined || typeof vaults === 'number' || vaults.code === 'AUTH_FAILED',
		...(health && { version: health.version }),
		...(latencyMs !== undefined && { latencyMs }),
		dependencies,
		token: {
			accepted: typeof vaults === 'number',
			...(typeof vaults === 'number' && { vaults }),
			expiresAt: token.expiresAt ?? null,
			daysLeft,
		},
		problems,
	};
}

/** @throws OnePasswordError with the first problem, if there is one. */
export function requireHealth({ problems }: HealthReport): void {
	const [first] = problems;
	if (first === undefined) return;
	const message = problems.map((problem) => problem.message).join(' ');
	throw new OnePasswordError({ ...invalidInput(message, ADVICE).details, code: first.code });
}

const ADVICE = "Check the Connect server, and issue a new token before the current one expires. Turn off 'Fail on Problem' to get a report instead.";

/** A server that is down fails both checks: that is one problem. */
function failuresOf(server: HealthChecks['server'], vaults: HealthChecks['vaults']): HealthProblem[] {
	const errors = [server, vaults].filter((result) => result instanceof OnePasswordError);
	const problems = errors.map(({ code, message }) => ({ code, message: `${message}.` }));
	return problems.filter(({ code }, index) => problems.findIndex((problem) => problem.code === code) === index);
}

function inactive({ service, status }: { service: string; status: string }): HealthProblem {
	return { code: 'UNAVAILABLE', message: `The dependency "${service}" of the Connect server is ${status}, not ACTIVE.` };
}

function expiring(expiresAt: string, daysLeft: number): HealthProblem {
	const date = expiresAt.slice(0, 10);
	const when = daysLeft < 0 ? `expired on ${date}` : `expires on ${date}, in ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'}`;
	return { code: 'AUTH_FAILED', message: `The access token ${when}.` };
}
