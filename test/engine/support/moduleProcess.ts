/** An n8n process as far as the package can tell: its modules start with empty memory in each. */

import path from 'node:path';

import * as workflowPackage from 'n8n-workflow';
import type { ICredentialType, INodeType } from 'n8n-workflow';

import type { Effects } from '../../../nodes/shared/http/sendWithRetry';
import { loadPackage } from './engine';

const DIST = path.resolve(__dirname, '../../../dist');

let loading: ReturnType<typeof loadPackage> | undefined;

/** @returns the package as n8n loads it, once for all processes. */
export async function loadOnce(): ReturnType<typeof loadPackage> {
	return await (loading ??= loadPackage());
}

/**
 * @param file below `dist`, without extension. @param effects take the place of clock, waiting and chance.
 * @returns the module in a process that has just started.
 */
export function loadInProcess<Module extends object>(file: string, effects?: Effects): Module {
	// The errors of the node must be those of the engine.
	jest.doMock('n8n-workflow', () => workflowPackage);
	const effectsFile = path.join(DIST, 'nodes/shared/n8n/process/effects.js');
	let loaded: Module | undefined;
	try {
		jest.isolateModules(() => {
			if (effects !== undefined) jest.doMock(effectsFile, () => ({ EFFECTS: effects }));
			loaded = jest.requireActual<Module>(path.join(DIST, `${file}.js`));
		});
	} finally {
		jest.dontMock(effectsFile);
	}
	if (loaded === undefined) throw new Error('Build the package first: npm run build');
	return loaded;
}

/** @returns the node "1Password" of a process that has just started, described as n8n describes it. */
export async function startNodeProcess(effects?: Effects): Promise<INodeType> {
	const { description } = (await loadOnce()).getNode('onePassword').type as INodeType;
	const { OnePassword } = loadInProcess<{ OnePassword: new () => INodeType }>('nodes/OnePassword/OnePassword.node', effects);
	return Object.assign(new OnePassword(), { description });
}

/** @returns the credential for HTTP requests of a process that has just started. */
export function startCredentialProcess(effects: Effects): ICredentialType {
	const file = 'credentials/OnePasswordSecretHttpApi.credentials';
	const { OnePasswordSecretHttpApi } = loadInProcess<{ OnePasswordSecretHttpApi: new () => ICredentialType }>(file, effects);
	return new OnePasswordSecretHttpApi();
}
