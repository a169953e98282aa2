import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';

export default async function globalTeardown(): Promise<void> {
	const tarball = process.env['N8N_E2E_TARBALL'];
	if (tarball && process.env['N8N_E2E_TARBALL_IS_OURS']) {
		await rm(dirname(tarball), { recursive: true, force: true });
	}
}
