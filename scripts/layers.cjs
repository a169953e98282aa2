/**
 * The laws of the layers, told once: the ESLint configuration and the structure test are made from this table. A file
 * imports from its own layer and from those in `imports`; of packages only those in `packages`, and the types of those in
 * `types`. The names of the shared layers are those of their folders.
 */
const SHARED = ['core', 'async', 'http', 'connect', 'eventsApi', 'n8n'];

const shared = (name, imports, why, packages = []) => ({ name, folder: `nodes/shared/${name}`, imports, packages, types: [], why });

const LAYERS = [
	shared('core', [], 'The core is pure: it imports only its own files and node:crypto.', ['node:crypto']),
	shared('async', ['core'], 'What tames promises knows no service: it imports the core at most.'),
	shared('http', ['core', 'async'], 'The HTTP layer knows no service and not n8n: services bring what is theirs.'),
	shared('connect', ['core', 'async', 'http'], 'A service knows HTTP, not n8n, and no other service.'),
	shared('eventsApi', ['core', 'async', 'http'], 'A service knows HTTP, not n8n, and no other service.'),
	shared('n8n', SHARED, 'The n8n layer serves every node and knows none of them.', ['n8n-workflow', 'node:crypto']),
	{
		name: 'a node',
		folder: 'nodes/OnePassword*',
		imports: SHARED,
		packages: ['n8n-workflow'],
		types: [],
		why: 'Nodes do not import each other: what two of them need belongs into nodes/shared.',
	},
	{
		name: 'a credential',
		folder: 'credentials',
		imports: SHARED,
		packages: [],
		types: ['n8n-workflow'],
		why: 'A credential imports the shared layers at most.',
	},
	{
		name: 'the emulator',
		folder: 'test/emulators/connect',
		imports: [],
		packages: ['node:*'],
		types: ['nodes/shared/core/wire'],
		why: 'The emulator shares the wire types and no behaviour: a misreading must not agree with itself.',
	},
	{
		name: 'the Events emulator',
		folder: 'test/emulators/events',
		imports: ['the emulator'],
		packages: ['node:*'],
		types: [],
		why: 'The emulator of the Events API shares nothing with the nodes: a misreading must not agree with itself.',
	},
];

/** Packages that ESLint looks for; the structure test allows no other either. */
const WATCHED = ['n8n-workflow', 'n8n-core', 'axios', '@1password/*'];

/** Patterns of import paths, by which an editor shows the fault at once. */
function forbiddenPatterns({ name, folder, imports, packages, types }) {
	const strangers = SHARED.filter((layer) => layer !== name && !imports.includes(layer));
	const isShared = SHARED.includes(name);
	return [
		...strangers.map((layer) => (isShared ? `**/${layer}/**` : `**/shared/${layer}/**`)),
		...(folder === 'nodes/OnePassword*' ? ['../OnePassword*', '../../OnePassword*', '../../../OnePassword*'] : ['**/OnePassword*/**']),
		...WATCHED.filter((one) => !packages.includes(one) && !types.includes(one)),
		...types.filter((path) => path.includes('/')).map((path) => `!**/${path.replace('nodes/', '')}`),
	];
}

const eslintOverrides = LAYERS.map((layer) => ({
	files: [`${layer.folder}/**`],
	rules: { 'no-restricted-imports': ['error', { patterns: [{ group: forbiddenPatterns(layer), message: layer.why }] }] },
}));

module.exports = { LAYERS, SHARED, eslintOverrides };
