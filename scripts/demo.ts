import { parseArgs } from 'node:util';
import { isPortFree } from '../test/e2e/support/freePort';
import { startKeyIssuer } from '../test/e2e/support/keyIssuer';
import { startN8n } from '../test/e2e/support/n8nServer';
import { connectCredential, loadRotationWorkflow } from '../test/e2e/support/rotationWorkflow';
import { waitFor } from '../test/e2e/support/waitFor';
import { fieldValue } from './demo/connectApi';
import { openDemoVault } from './demo/demoVault';
import { failureOf, reportRotation } from './demo/rotationReport';

const USAGE = `npm run demo [-- options]

Starts a 1Password Connect emulator (or uses your server: OP_CONNECT_HOST, OP_CONNECT_TOKEN,
OP_CONNECT_VAULT), a small service that issues API keys, and a real n8n with this package
installed; rotates a key with the example workflow; then leaves n8n running.

  --once         end after the rotation
  --port <port>  port of n8n (default 5678)`;

const DEFAULT_PORT = 5678;

/** Undone in reverse order, whatever happens in between. */
const cleanUps: Array<() => Promise<void>> = [];

async function main(): Promise<boolean> {
	const { values } = parseArgs({
		options: { once: { type: 'boolean' }, port: { type: 'string' }, help: { type: 'boolean' } },
	});
	if (values.help) {
		console.log(USAGE);
		return true;
	}
	const port = Number(values.port ?? DEFAULT_PORT);
	if (!(await isPortFree(port))) {
		throw new Error(`Port ${port} is taken. Choose another one: npm run demo -- --port ${port + 1}`);
	}

	const issuer = await startKeyIssuer({ keyPrefix: 'demo-key-', seed: Date.now() });
	cleanUps.push(issuer.close);
	const vault = await openDemoVault(issuer.issue);
	cleanUps.push(vault.close);
	issuer.adopt(vault.startKey);
	console.log(`1Password Connect: ${vault.description}, vault "${vault.vault}"`);
	console.log(`Service whose key is rotated: ${issuer.url}`);

	console.log('Starting n8n with this package installed …');
	const n8n = await startN8n({ port });
	cleanUps.push(n8n.stop);
	const workflow = await loadRotationWorkflow({ issuerUrl: issuer.url, vault: vault.vault, item: vault.item });
	await n8n.cli.importCredentials([connectCredential(workflow, vault)]);
	await n8n.rest.importWorkflow(workflow);

	console.log(`Running the workflow "${workflow.name}" …`);
	const before = await vault.read();
	const failure = failureOf(await n8n.cli.executeByCli(workflow.id));
	if (failure) throw new Error(`The rotation did not happen: ${failure}`);
	// Readers of a Connect server may see a write some seconds late.
	const after = await waitFor(
		async () => {
			const item = await vault.read();
			return fieldValue(item, 'rotation state') === 'ended' && item;
		},
		{ timeoutMs: 15_000, what: 'the end of the rotation in the item' },
	);
	const { lines, succeeded } = await reportRotation(issuer.url, before, after);
	console.log(lines.join('\n'));
	if (!succeeded) throw new Error('The rotation did not end as it should.');

	if (!values.once) {
		console.log(`\nn8n is at ${n8n.url}`);
		console.log(`Log in with ${n8n.owner.email} / ${n8n.owner.password}`);
		console.log('Ctrl-C ends it and removes everything the demo made.');
		await interruption;
	}
	return true;
}

const interruption = new Promise<void>((resolve) => {
	process.once('SIGINT', () => resolve());
	process.once('SIGTERM', () => resolve());
});

async function cleanUp(): Promise<void> {
	for (const undo of cleanUps.reverse()) {
		await undo().catch((error: unknown) => console.error(messageOf(error)));
	}
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

// An interruption ends the demo at any point, also in the middle of the start.
Promise.race([main(), interruption])
	.catch((error: unknown) => {
		console.error(messageOf(error));
		process.exitCode = 1;
	})
	.finally(async () => {
		await cleanUp();
		process.exit();
	});
