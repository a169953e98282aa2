const communityNodes = require('@n8n/eslint-plugin-community-nodes');

/** Everything a layer must not import; an import points only downwards: nodes, n8n, connect, core. */
const layer = (files, groups, message) => ({
	files,
	rules: { 'no-restricted-imports': ['error', { patterns: [{ group: groups, message }] }] },
});

module.exports = {
	root: true,
	env: { es2022: true, node: true },
	parser: '@typescript-eslint/parser',
	parserOptions: { sourceType: 'module', extraFileExtensions: ['.json'] },
	ignorePatterns: ['dist/**', 'node_modules/**', 'coverage/**', 'package-lock.json', 'test/e2e/n8n/**'],
	plugins: ['@n8n/community-nodes', 'n8n-nodes-base'],
	reportUnusedDisableDirectives: true,
	rules: {
		eqeqeq: 'error',
		'no-console': 'error',
		'no-unused-vars': 'off',
		'prefer-const': 'error',
	},
	overrides: [
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
		layer(
			['nodes/shared/core/**'],
			['**/connect/**', '**/n8n/**', '**/OnePassword*/**', 'n8n-workflow', 'n8n-core', 'axios', '@1password/*'],
			'The core is pure: it imports only its own files and node:crypto.',
		),
		layer(
			['nodes/shared/connect/**'],
			['**/n8n/**', '**/OnePassword*/**', 'n8n-workflow', 'n8n-core', 'axios', '@1password/*'],
			'The Connect layer knows HTTP, not n8n: it imports its own files and the core.',
		),
		layer(
			['nodes/shared/events/**'],
			['**/n8n/**', '**/OnePassword*/**', 'n8n-workflow', 'n8n-core', 'axios', '@1password/*', '**/connect/*Client'],
			'The Events layer knows HTTP, not n8n: it imports its own files, the core, and how the Connect layer sends requests.',
		),
		layer(
			['nodes/shared/n8n/**'],
			['**/OnePassword*/**', 'n8n-core', 'axios', '@1password/*'],
			'The n8n layer serves every node and knows none of them.',
		),
		layer(
			['nodes/OnePassword*/**'],
			['../OnePassword*', '../../OnePassword*', '../../../OnePassword*', 'n8n-core', 'axios', '@1password/*'],
			'Nodes do not import each other: what two of them need belongs into nodes/shared.',
		),
		layer(
			['credentials/**'],
			['**/OnePassword*/**', 'n8n-core', 'axios', '@1password/*'],
			'A credential imports the shared layers at most.',
		),
		{
			files: ['test/emulator/**'],
			rules: {
				'no-restricted-imports': [
					'error',
					{
						patterns: [
							{
								group: [
									'**/nodes/OnePassword*/**',
									'**/shared/connect/**',
									'**/shared/n8n/**',
									'**/shared/core/**',
									'!**/shared/core/wire',
								],
								message: 'The emulator shares the wire types and no behaviour: a misreading must not agree with itself.',
							},
						],
					},
				],
			},
		},
		layer(
			['test/emulator-events/**'],
			['**/nodes/**', '**/credentials/**', 'axios', '@1password/*'],
			'The emulator of the Events API shares nothing with the nodes: a misreading must not agree with itself.',
		),
		{
			files: ['scripts/**', 'bench/**', 'test/emulator/main.ts', 'test/e2e/**', '*.js'],
			rules: { 'no-console': 'off' },
		},
	],
};
