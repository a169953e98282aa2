import type { Bench } from '../bench';
import { runContest, type Contest } from '../contest';
import { floorReading } from '../contestants/floor';
import { oursWith } from '../contestants/ours';
import { peerReading } from '../contestants/peer';
import { secretOf } from '../server/seed';
import { jobsAcrossVaults } from './jobs';

const INPUTS = 1_000;

const contest: Contest = {
	contestants: { ours: oursWith('get', () => ({})), peer: peerReading, floor: floorReading },
	jobsOf: (server) => {
		const job = jobsAcrossVaults(server, 1);
		return Array.from({ length: INPUTS }, () => job).flat();
	},
	expected: ({ title }) => secretOf(title),
	writes: 0,
};

/** A thousand input items that all need the same secret. */
export const readOneItem: Bench = {
	name: 'read_1000_inputs_one_item',
	unit: 'ms',
	run: async (rounds) => await runContest(contest, rounds),
};
