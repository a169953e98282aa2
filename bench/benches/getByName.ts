import type { Bench } from '../bench';
import { runContest, type Contest } from '../contest';
import { floorReading } from '../contestants/floor';
import { oursWith } from '../contestants/ours';
import { peerReading } from '../contestants/peer';
import { secretOf } from '../server/seed';
import { jobsAcrossVaults } from './jobs';

const ITEMS = 500;

const contest: Contest = {
	contestants: { ours: oursWith('get', () => ({})), peer: peerReading, floor: floorReading },
	jobsOf: (server) => jobsAcrossVaults(server, ITEMS),
	expected: ({ title }) => secretOf(title),
	writes: 0,
};

/** Five hundred different items, asked for by name. */
export const getByName: Bench = {
	name: 'get_500_items_by_name',
	unit: 'ms',
	run: async (rounds) => await runContest(contest, rounds),
};
