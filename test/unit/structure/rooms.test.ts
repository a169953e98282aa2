import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, describe, expect, it } from '@jest/globals';

import { measure, type House } from './rooms';

const MAX_LOOSE_FILES = 12;
const MAX_FLOORS = 8;

const { rooms, circles } = measure();

describe('the rooms of the production code', () => {
	it('are found', () => {
		expect(rooms.map((room) => room.path)).toEqual(
			expect.arrayContaining(['nodes', 'nodes/shared/core', 'nodes/shared/core/item', 'nodes/OnePassword/item']),
		);
		expect(rooms.reduce((sum, { arrows }) => sum + arrows, 0)).toBeGreaterThan(300);
	});

	it(`have at most ${MAX_LOOSE_FILES} loose files and ${MAX_FLOORS} floors`, () => {
		expect(rooms.filter(({ loose, floors }) => loose > MAX_LOOSE_FILES || floors > MAX_FLOORS)).toEqual([]);
	});

	it('have no arrow that leads upwards', () => {
		expect(rooms.flatMap((room) => room.upward.map((arrow) => `${room.path}: ${arrow}`))).toEqual([]);
	});

	it('have no circle of files, not even of types', () => {
		expect(circles).toEqual([]);
	});
});

describe('measuring', () => {
	const folders: string[] = [];
	afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

	function build(files: Readonly<Record<string, string>>): House {
		const root = mkdtempSync(path.join(tmpdir(), 'rooms-'));
		folders.push(root);
		mkdirSync(path.join(root, 'credentials'));
		for (const [file, text] of Object.entries(files)) {
			mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
			writeFileSync(path.join(root, file), text);
		}
		return measure(root);
	}

	it('counts files, floors and arrows', () => {
		const house = build({
			'nodes/a.ts': "import { b } from './b';\nimport { c } from './in/c';\n",
			'nodes/b.ts': "export { c } from './in/c';\n",
			'nodes/in/c.ts': "import { d } from './d';\n",
			'nodes/in/d.ts': '',
		});
		expect(house.rooms.find((room) => room.path === 'nodes')).toEqual({
			path: 'nodes',
			files: 4,
			loose: 2,
			floors: 3,
			arrows: 3,
			upward: [],
		});
		expect(house.circles).toEqual([]);
	});

	it('finds circles of files and of types', () => {
		const house = build({
			'nodes/a.ts': "import { b } from './b';\n",
			'nodes/b.ts': "import type { a } from './a';\n",
			'nodes/c.ts': "import { d } from './d';\n",
			'nodes/d.ts': "import { c } from './c';\n",
		});
		expect(house.circles).toEqual([
			{ files: ['nodes/a.ts', 'nodes/b.ts'], typeOnly: true },
			{ files: ['nodes/c.ts', 'nodes/d.ts'], typeOnly: false },
		]);
	});

	it('finds the arrow between folders that makes a circle of none of the files', () => {
		const house = build({
			'nodes/low/a.ts': "import { b } from '../high/b';\n",
			'nodes/low/c.ts': '',
			'nodes/high/b.ts': '',
			'nodes/high/d.ts': "import { c } from '../low/c';\n",
		});
		expect(house.circles).toEqual([]);
		expect(house.rooms.find((room) => room.path === 'nodes')?.upward).toHaveLength(1);
	});
});
