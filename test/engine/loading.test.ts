import { loadPackage } from './support/engine';

it('loads with its icons, its documentation and its credential for the nodes of the package only', async () => {
	const loader = await loadPackage();
	const { nodes, credentials } = loader.types;
	expect(nodes.map(({ name, iconUrl }) => [name, typeof iconUrl])).toEqual([
		['onePassword', 'object'],
		['onePasswordAuditLogger', 'object'],
		['onePasswordTrigger', 'object'],
	]);
	for (const { codex } of nodes) expect(codex?.alias).toContain('secret');
	expect(credentials.find(({ name }) => name === 'onePasswordConnectApi')).toMatchObject({
		restrictToSupportedNodes: true,
		supportedNodes: ['onePassword', 'onePasswordAuditLogger', 'onePasswordTrigger'],
	});
});

it('gives the trigger the choice of when to poll, every minute unless told otherwise', async () => {
	const { nodes } = (await loadPackage()).types;
	const [first] = nodes.find(({ name }) => name === 'onePasswordTrigger')?.properties ?? [];
	expect(first).toMatchObject({ name: 'pollTimes', default: { item: [{ mode: 'everyMinute' }] } });
});
