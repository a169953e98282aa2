import type { Bench } from '../bench';
import { runContest, type Contest } from '../contest';
import { floorResolving } from '../contestants/floor';
import { oursResolving } from '../contestants/ours';
import { peerResolving } from '../contestants/peer';
import { valueOf } from '../server/seed';
import { fieldsAcrossVaults } from './jobs';

const ITEMS = 100;

const contest: Contest = {
	contestants: { ours: oursResolving, peer: peerResolving, floor: floorResolving },
	jobsOf: (server) => fieldsAcrossVaults(server, ITEMS),
	expected: ({ title, field }) => valueOf(title, field),
	writes: 0,
};

/** Five hundred secret references to a hundred items, by name. */
export const resolveReferences: Bench = {
	name: 'resolve_500_references',
	unit: 'ms',
	run: async (rounds) => await runContest(contest, rounds),
};
