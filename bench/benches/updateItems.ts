import type { Bench } from '../bench';
import { runContest, type Contest } from '../contest';
import { floorWriting } from '../contestants/floor';
import { oursWith } from '../contestants/ours';
import { peerWriting } from '../contestants/peer';
import { SECRET_FIELD } from '../server/seed';
import { jobsAcrossVaults } from './jobs';

const ITEMS = 200;
const NEW_SECRET = 'a newly issued key';

const contest: Contest = {
	contestants: {
		ours: oursWith('update', () => ({ fields: { values: [{ field: SECRET_FIELD, mode: 'set', value: NEW_SECRET }] } })),
		peer: peerWriting(NEW_SECRET),
		floor: floorWriting(NEW_SECRET),
	},
	jobsOf: (server) => jobsAcrossVaults(server, ITEMS),
	expected: () => NEW_SECRET,
	writes: ITEMS,
};

/** One field of two hundred items, found by name. */
export const updateItems: Bench = {
	name: 'update_200_items',
	unit: 'ms',
	run: async (rounds) => await runContest(contest, rounds),
};
