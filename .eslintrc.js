const communityNodes = require('@n8n/eslint-plugin-community-nodes');
const { eslintOverrides } = require('./scripts/layers.cjs');

module.exports = {
	root: true,
	env: { es2022: true, node: true },
	parser: '@typescript-eslint/parser',
	parserOptions: { sourceType: 'module', extraFileExtensions: ['.json'] },
	ignorePatterns: ['dist/**', 'node_modules/**', 'coverage/**', 'package-lock.json', 'test/e2e/n8n/**'],
	plugins: ['@n8n/community-nodes', '@typescript-eslint', 'n8n-nodes-base'],
	reportUnusedDisableDirectives: true,
	rules: {
		eqeqeq: 'error',
		'no-console': 'error',
		'no-unused-vars': 'off',
		'prefer-const': 'error',
	},
	overrides: [
		{
			files: ['*.ts'],
			excludedFiles: ['*.d.cts'],
			parserOptions: { project: './tsconfig.json', tsconfigRootDir: __dirname },
			rules: {
				'@typescript-eslint/no-floating-promises': 'error',
				// A handler of an event that returns a promise is told of nothing by it.
				'@typescript-eslint/no-misused-promises': 'error',
			},
		},
		{
			files: ['package.json'],
			extends: ['plugin:n8n-nodes-base/community'],
			rules: { ...communityNodes.configs.recommended.rules },
		},
		{
			files: ['credentials/**/*.ts'],
			extends: ['plugin:n8n-nodes-base/credentials'],
			rules: {
				...communityNodes.configs.recommended.rules,
				// The two below are switched off in n8n's own configuration for community packages.
				'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
				'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
			},
		},
		{
			files: ['nodes/**/*.ts'],
			extends: ['plugin:n8n-nodes-base/nodes'],
			rules: {
				...communityNodes.configs.recommended.rules,
				// Likewise.
				'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
				'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
				'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
			},
		},
		...eslintOverrides,
		{
			files: ['scripts/**', 'bench/**', 'test/emulators/connect/main.ts', 'test/e2e/**', '*.js'],
			rules: { 'no-console': 'off' },
		},
	],
};
