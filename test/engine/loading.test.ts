import { loadPackage } from './support/engine';

it('loads with its icons, its documentation and its credential for the nodes of the package only', async () => {
	const loader = await loadPackage();
	const { nodes, credentials } = loader.types;
	expect(nodes.map(({ name, iconUrl }) => [name, typeof iconUrl])).toEqual([['onePassword', 'object']]);
	expect(nodes[0]?.codex?.alias).toContain('secret');
	expect(credentials).toMatchObject([
		{ name: 'onePasswordConnectApi', restrictToSupportedNodes: true, supportedNodes: ['onePassword'] },
	]);
});
