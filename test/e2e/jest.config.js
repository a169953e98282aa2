// One real n8n at a time: suites run one after the other, in this process.
module.exports = {
	rootDir: __dirname,
	testMatch: ['<rootDir>/*.e2e.ts'],
	testEnvironment: 'node',
	// Types are checked by `npm run typecheck`.
	transform: { '^.+\\.ts$': ['ts-jest', { diagnostics: false }] },
	globalSetup: '<rootDir>/support/globalSetup.ts',
	globalTeardown: '<rootDir>/support/globalTeardown.ts',
	maxWorkers: 1,
	reporters: ['default', '<rootDir>/../../scripts/countReporter.cjs'],
	testTimeout: 300_000,
	verbose: true,
};
