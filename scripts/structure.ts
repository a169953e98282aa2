/** Prints how the production code is built: `npm run structure`, or `npm run structure -- <another checkout>`. */

import { measure } from '../test/unit/structure/rooms';

const { rooms, circles } = measure(process.argv[2]);
const rows = rooms.map(({ path, files, loose, floors, arrows, upward }) => [path, files, loose, floors, arrows, upward.length].map(String));
const header = ['room', 'files', 'loose', 'floors', 'arrows', 'upward'];
const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
const line = (cells: readonly string[]): string =>
	`| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
console.log([line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n'));
for (const { path, upward } of rooms) for (const arrow of upward) console.log(`upward in ${path}: ${arrow}`);
for (const { files, typeOnly } of circles) console.log(`circle${typeOnly ? ' of types' : ''}: ${files.join(', ')}`);
console.log(`${circles.length} circles of files`);
