import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { OnePasswordAuditLogger } from '../../../../../nodes/OnePasswordAuditLogger/OnePasswordAuditLogger.node';
import { openAuditContext } from '../../../../../nodes/OnePasswordAuditLogger/openAuditContext';
import { openSource, type OpenSource } from '../../../../../nodes/OnePasswordAuditLogger/batch/openSource';
import { expectRefusal } from '../../../../support/refusal';
import { exampleEvents, startEventsEmulator, type EventsEmulator } from '../../../../emulators/events';
import { fakeNode } from '../../../n8n/fakeNode';
import { eventsHttp } from '../../../../support/eventsHttp';

let emulator: EventsEmulator;

beforeEach(async () => {
	emulator = await startEventsEmulator({ seed: exampleEvents(Date.now()) });
});

afterEach(async () => {
	await emulator.close();
});

async function open(parameters: Record<string, unknown>): Promise<OpenSource> {
	const credential = { accessToken: emulator.token, server: 'fromToken' };
	const node = fakeNode({ inputs: [parameters], credential, http: eventsHttp(emulator, credential) });
	return await openSource(openAuditContext(node)(0));
}

async function read(parameters: Record<string, unknown>): Promise<unknown[]> {
	const { name, source, names } = await open({ source: 'events', ...parameters });
	const { rows } = await source.readRange({ from: Date.now() - 3_600_000, to: Date.now() }, { maxRows: Infinity, deadline: Infinity });
	const { complete, tagged } = await names(rows, 'critical');
	expect([name, tagged.size, rows.map(complete)]).toEqual(['events', 0, rows]);
	return rows.map(({ action, userEmail }) => `${action} ${userEmail}`);
}

describe('the Events API as the source of the audit node', () => {
	it('brings names and addresses of people', async () => {
		expect(await read({})).toEqual([
			'credentials_ok wendy@example.com',
			'reveal wendy@example.com',
			'fill wendy@example.com',
			'continent_blocked mallory@example.com',
			'join wendy@example.com',
			'patch wendy@example.com',
		]);
	});

	it('brings the chosen events, and those of apps where they are asked for', async () => {
		expect(await read({ feeds: ['itemUsage'] })).toHaveLength(2);
		expect(await read({ feeds: 'auditEvent, itemUsage', includeBackground: true })).toHaveLength(5);
	});

	it('refuses what it does not know', async () => {
		await expectRefusal(open({ source: 'syslog' }), { code: 'INVALID_INPUT' });
		await expectRefusal(open({ source: 'events', feeds: ['news'] }), { code: 'INVALID_INPUT' });
	});

	it('has its own credential, and each source asks for one only', () => {
		const { credentials = [] } = new OnePasswordAuditLogger().description;
		expect(credentials.map(({ name, displayOptions }) => [name, displayOptions?.show?.source])).toEqual([
			['onePasswordConnectApi', ['connect']],
			['onePasswordEventsApi', ['events']],
		]);
	});
});
