/** The 1Password node as n8n would run it, against an emulator of its own for each test. */

import { afterEach, beforeEach, expect } from '@jest/globals';
import type { INodeExecutionData } from 'n8n-workflow';

import { OnePassword } from '../../../../nodes/OnePassword/OnePassword.node';
import type { ErrorCode } from '../../../../nodes/shared/core/errors/onePasswordError';
import { NO_LAG, startConnectEmulator, type ConnectEmulator, type RecordedRequest, type SeedItem, type SeedVault } from '../../../emulators/connect';
import { connectHttp } from '../../../support/connectHttp';
import { fakeNode, type FakeNodeOptions } from '../../n8n/fakeNode';

type Parameters = Readonly<Record<string, unknown>>;

export interface NodeScene {
	emulator(): ConnectEmulator;
	/** @returns the output items for one input item. @param options of the node. @param credential members beside server and token. */
	run(parameters: Parameters, options?: FakeNodeOptions, credential?: Parameters): Promise<INodeExecutionData[]>;
	/** @returns the `json` of the only output item. */
	runForOne(parameters: Parameters, options?: FakeNodeOptions): Promise<Record<string, unknown>>;
	/** Expects that the node refuses this with the code, and writes nothing for it. */
	expectRefusal(code: ErrorCode, parameters: Parameters, options?: FakeNodeOptions, credential?: Parameters): Promise<void>;
	/** Expects that a credential that only reads refuses this, and that nothing is sent for it. */
	expectNeedsWriting(parameters: Parameters): Promise<void>;
	/** Requests that were to change something. */
	writes(): RecordedRequest[];
	/** @returns the id of the item of this title in the vault "Production". */
	idOf(title: string): string;
	/** @returns what the server stores in the field of this label. @param vault default: "Production". */
	storedValue(title: string, label: string, vault?: string): string | undefined;
}

/** An AI agent calls the node. */
export const AS_TOOL: FakeNodeOptions = { isToolExecution: () => true };

/** @param items of the vault "Production". @param vaults beside it. */
export function nodeScene(items: readonly SeedItem[], vaults: readonly SeedVault[] = []): NodeScene {
	let emulator: ConnectEmulator;
	beforeEach(async () => {
		emulator = await startConnectEmulator({ behaviour: NO_LAG, seed: { vaults: [{ name: 'Production', items }, ...vaults] } });
	});
	afterEach(async () => await emulator.close());

	const run: NodeScene['run'] = async (parameters, options = {}, rest = {}) => {
		const credential = { serverUrl: emulator.url, accessToken: emulator.token, ...rest };
		const node = fakeNode({ credential, http: connectHttp(credential), inputs: [parameters], ...options });
		const [output = []] = await new OnePassword().execute.call(node);
		return output;
	};
	const writes = (): RecordedRequest[] => emulator.requests.filter(({ method }) => method !== 'GET');
	const expectRefusal: NodeScene['expectRefusal'] = async (code, ...request) => {
		const { length } = writes();
		await expect(run(...request)).rejects.toMatchObject({ context: { data: { code } } });
		expect(writes()).toHaveLength(length);
	};
	return {
		emulator: () => emulator,
		run,
		expectRefusal,
		expectNeedsWriting: async (parameters) => {
			const { length } = emulator.requests;
			await expectRefusal('FORBIDDEN', parameters, {}, { readOnly: true });
			expect(emulator.requests).toHaveLength(length);
		},
		runForOne: async (parameters, options) => {
			const output = await run(parameters, options);
			expect(output).toHaveLength(1);
			return { ...output[0]?.json };
		},
		writes,
		idOf: (title) => emulator.admin.items('Production').find((item) => item.title === title)?.id ?? '',
		storedValue: (title, label, vault = 'Production') =>
			emulator.admin
				.items(vault)
				.find((item) => item.title === title)
				?.fields?.find((field) => field.label === label)?.value,
	};
}
