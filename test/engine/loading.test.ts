import { loadPackage } from './support/engine';

it("loads with icons, documentation and a credential limited to the package's nodes", async () => {
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

it("offers the trigger's poll times, every minute by default", async () => {
	const { nodes } = (await loadPackage()).types;
	const [first] = nodes.find(({ name }) => name === 'onePasswordTrigger')?.properties ?? [];
	expect(first).toMatchObject({ name: 'pollTimes', default: { item: [{ mode: 'everyMinute' }] } });
});
