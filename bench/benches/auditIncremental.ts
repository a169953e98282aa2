/** An audit run that finds 100 new rows in an activity log of 100,000. */

import axios from 'axios';

import { connectActivitySource } from '../../nodes/shared/connect/audit/activitySource';
import { NO_LAG, startConnectEmulator, type ConnectEmulator } from '../../test/emulators/connect';
import { openTestRun } from '../../test/support/openTestRun';
import type { Bench, BenchResult } from '../bench';
import { median, round } from '../statistics';

const ROWS = 100_000;
const NEW_ROWS = 100;
const LATENCY_MS = 5;
const LIMITS = { maxRows: 5_000, deadline: Infinity };

/** Days ago, and a whole second, since the log's times are whole seconds; one row each second since then. */
const START_MS = Math.floor(Date.now() / 1_000) * 1_000 - 2 * 24 * 3600 * 1000;

type Reader = () => Promise<number>;

/**
 * Ours reads the log from a cursor. The SDK knows no activity log, so that the peer is what a Code node does: it reads all
 * pages and keeps the rows that are new. The floor is one request.
 */
export const auditIncremental: Bench = {
	name: 'audit_incremental_100000',
	unit: 'ms',
	async run(rounds): Promise<BenchResult> {
		const small = await measureLog(ROWS / 100, 1);
		const large = await measureLog(ROWS, rounds);
		if (small.requests.ours !== large.requests.ours) throw new Error('The requests grow with the log.');
		const { ours, peer, floor } = large.ms;
		return {
			ours: round(ours, 1),
			peer: round(peer, 1),
			floor: round(floor, 1),
			ratio: round(peer / ours, 2),
			floorRatio: round(ours / floor, 2),
			requests: large.requests,
			rounds,
		};
	},
};

type Figures = Record<'ours' | 'peer' | 'floor', number>;

async function measureLog(rows: number, rounds: number): Promise<{ ms: Figures; requests: Figures }> {
	const emulator = await startConnectEmulator({
		behaviour: { ...NO_LAG, latencyMs: LATENCY_MS, activity: { retention: 2 * ROWS } },
		seed: { vaults: [{ name: 'Production', items: [{ title: 'Key' }] }] },
	});
	try {
		const readers = await openReaders(emulator, rows);
		const ms = { ours: 0, peer: 0, floor: 0 };
		const requests = { ours: 0, peer: 0, floor: 0 };
		for (const name of ['ours', 'peer', 'floor'] as const) {
			const times: number[] = [];
			// Round 0 warms up and does not count.
			for (let number = 0; number <= rounds; number++) {
				const before = emulator.requests.length;
				const startedAt = performance.now();
				const found = await readers[name]();
				if (number > 0) times.push(performance.now() - startedAt);
				if (found !== NEW_ROWS) throw new Error(`${name}: ${found} new rows`);
				requests[name] = emulator.requests.length - before;
			}
			ms[name] = median(times);
		}
		return { ms, requests };
	} finally {
		await emulator.close();
	}
}

async function openReaders({ url, token, admin }: ConnectEmulator, rows: number): Promise<Record<keyof Figures, Reader>> {
	const vaultId = admin.vaults()[0]?.id;
	const add = (count: number, startMs: number): void =>
		admin.logActivity(Array.from({ length: count }, (_, second) => ({ action: 'READ', vaultId, atMs: startMs + second * 1_000 })));
	const source = connectActivitySource(openTestRun({ serverUrl: url, token }).client, Date.now);
	add(rows, START_MS);
	const { cursor } = await source.readNew(undefined, LIMITS);
	const newSince = START_MS + rows * 1_000;
	add(NEW_ROWS, newSince);
	const session = axios.create({ baseURL: url, headers: { Authorization: `Bearer ${token}` } });
	const page = async (limit: number, offset: number): Promise<Array<{ timestamp: string }>> =>
		(await session.get<Array<{ timestamp: string }>>('/v1/activity', { params: { limit, offset } })).data;
	const countNew = (found: ReadonlyArray<{ timestamp: string }>): number => found.filter(({ timestamp }) => Date.parse(timestamp) >= newSince).length;
	return {
		ours: async () => (await source.readNew(cursor, LIMITS)).rows.length,
		floor: async () => countNew(await page(500, 0)),
		async peer() {
			let found = 0;
			for (let offset = 0; ; offset += 1_000) {
				const read = await page(1_000, offset);
				if (read.length === 0) return found;
				found += countNew(read);
			}
		},
	};
}
