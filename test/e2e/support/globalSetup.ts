import { ensureN8nInstalled } from './n8nInstall';
import { packPackage } from './packedPackage';

/**
 * Before the first suite: n8n is installed, and the package is built and packed once for all suites.
 * N8N_E2E_TARBALL names a tarball to test instead of building one.
 */
export default async function globalSetup(): Promise<void> {
	await ensureN8nInstalled();
	if (process.env['N8N_E2E_TARBALL']) return;
	process.stderr.write('Building and packing the package …\n');
	const { tarball } = await packPackage();
	process.env['N8N_E2E_TARBALL'] = tarball;
	process.env['N8N_E2E_TARBALL_IS_OURS'] = 'yes';
}
