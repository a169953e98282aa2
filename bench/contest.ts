/** Lets the three contestants do the same work in turn, and takes the time of each. */

import { CONTESTANTS, type BenchResult, type ContestantName } from './bench';
import { startServer, type BenchServer } from './server/startServer';
import { median, round } from './statistics';

/** A field of an item to work on. */
export interface Job {
	readonly vaultId: string;
	readonly vaultName: string;
	readonly title: string;
	/** Id and label. */
	readonly field: string;
	/** Label of its section; none = it has none. */
	readonly section?: string;
}

/** Milliseconds in each round during which a contestant runs again and again; one that takes longer runs once. */
const ROUND_MS = 500;

/** Gets ready; what it returns is timed: it does all jobs with a new client, and returns the secret it saw for each. */
export type Contestant = (server: BenchServer, jobs: readonly Job[]) => () => Promise<string[]>;

export interface Contest {
	readonly contestants: Readonly<Record<ContestantName, Contestant>>;
	readonly jobsOf: (server: BenchServer) => readonly Job[];
	/** The secret that a job must come out with. */
	readonly expected: (job: Job) => string;
	/** How many of the requests change an item. */
	readonly writes: number;
}

export async function runContest(contest: Contest, rounds: number): Promise<BenchResult> {
	const server = await startServer();
	try {
		const times: Record<ContestantName, number[]> = { ours: [], peer: [], floor: [] };
		const requests: Record<ContestantName, number> = { ours: 0, peer: 0, floor: 0 };
		// Round 0 warms up and does not count.
		for (let number = 0; number <= rounds; number++) {
			for (const name of startingWith(number)) {
				const measured = await measureRound(server, contest, name);
				requests[name] = measured.requests;
				if (number > 0) times[name].push(measured.ms);
			}
		}
		return summarise(times, requests, rounds);
	} finally {
		await server.close();
	}
}

/** Everyone is first once in a while, so that nobody always runs in the wake of the same other. */
function startingWith(number: number): ContestantName[] {
	const first = number % CONTESTANTS.length;
	return [...CONTESTANTS.slice(first), ...CONTESTANTS.slice(0, first)];
}

interface Measured {
	readonly ms: number;
	readonly requests: number;
}

async function measureRound(server: BenchServer, contest: Contest, name: ContestantName): Promise<Measured> {
	const runs: Measured[] = [];
	for (const startedAt = performance.now(); runs.length === 0 || performance.now() - startedAt < ROUND_MS;) {
		runs.push(await measure(server, contest, name));
	}
	const counts = [...new Set(runs.map(({ requests }) => requests))];
	if (counts.length > 1) throw new Error(`${name}: now ${counts.join(', now ')} requests for the same work`);
	return { ms: median(runs.map(({ ms }) => ms)), requests: counts[0] ?? 0 };
}

async function measure(server: BenchServer, contest: Contest, name: ContestantName): Promise<Measured> {
	const jobs = contest.jobsOf(server);
	const work = contest.contestants[name](server, jobs);
	await server.reset();
	const startedAt = performance.now();
	const seen = await work();
	const ms = performance.now() - startedAt;
	const { requests, writes, failures } = await server.tally();
	const wrong = jobs.filter((job, index) => seen[index] !== contest.expected(job)).length;
	if (failures > 0 || writes !== contest.writes || wrong > 0) {
		throw new Error(`${name}: ${wrong} wrong answers, ${failures} failed requests, ${writes} writes`);
	}
	return { ms, requests };
}

/** The median of each contestant's times, and how they compare. */
export function summarise(
	times: Readonly<Record<ContestantName, number[]>>,
	requests: Readonly<Record<ContestantName, number>>,
	rounds: number,
): BenchResult {
	const [ours, peer, floor] = [median(times.ours), median(times.peer), median(times.floor)];
	return {
		ours: round(ours, 1),
		peer: round(peer, 1),
		floor: round(floor, 1),
		ratio: round(peer / ours, 2),
		floorRatio: round(ours / floor, 2),
		requests,
		rounds,
	};
}
