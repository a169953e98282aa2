const { availableParallelism } = require('node:os');

/** n8n-core and n8n-workflow are loaded as they are; only our own sources are compiled. Types are checked by `typecheck`. */
const typescript = { '^.+\\.ts$': ['ts-jest', { diagnostics: false }] };

const project = (displayName, folders, rest = {}) => ({
	displayName,
	rootDir: __dirname,
	testEnvironment: 'node',
	transform: typescript,
	// Jest looks a global up anew, and slowly, at each use. Not for those that some dependency declares itself, such as Set.
	sandboxInjectedGlobals: ['Array', 'Date', 'JSON', 'Map', 'Math', 'Number', 'Object', 'String'],
	testMatch: folders.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/test/e2e/n8n/'],
	...rest,
});

/** @type {import('jest').Config} */
module.exports = {
	// Jest heeds it here only, not in a project.
	testTimeout: 60_000,
	// More than there are cores, as many tests wait for a server and for the pauses between attempts.
	maxWorkers: availableParallelism() + 1,
	workerIdleMemoryLimit: '1GB',
	reporters: ['default', '<rootDir>/scripts/countReporter.cjs'],
	projects: [
		project('unit', ['unit']),
		project('conformance', ['contract']),
		project('engine', ['engine']),
		project('engine on n8n 2.8', ['engine'], {
			moduleNameMapper: {
				'^n8n-core$': 'n8n-core-2.8',
				'^n8n-workflow$': '<rootDir>/node_modules/n8n-core-2.8/node_modules/n8n-workflow',
				'^@n8n/di$': '<rootDir>/node_modules/n8n-core-2.8/node_modules/@n8n/di',
			},
		}),
	],
};
