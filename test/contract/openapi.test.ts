import { describe, expect, it } from '@jest/globals';

import { UUID_PARAMETERS } from './openapi/deviations';
import type { ApiDocument, Operation } from './openapi/document';
import { apiDocument } from './openapi/document';
import { GOOD_REQUESTS } from './openapi/goodRequests';
import { Judge } from './openapi/judge';
import type { Variation } from './openapi/variations';
import { VARIATIONS } from './openapi/variations';
import type { Desk } from './running/desk';
import { useDesk } from './running/desk';
import { eventually } from './running/eventually';
import { exercise } from './running/exercise';
import type { Request } from './running/http';
import { REAL_SERVER } from './running/realServer';

const UNCHANGED: Variation = { apply: (good) => good };

const document = apiDocument();

if (document) {
	followsTheFile(document);
} else {
	process.stderr.write('\nNOT CHECKED against the OpenAPI file of Connect: CONNECT_OPENAPI does not say where it lies.\n');
	it.skip('conforms to the OpenAPI file (CONNECT_OPENAPI is not set)', () => undefined);
}

function followsTheFile(file: ApiDocument): void {
	const desk = useDesk();
	const judge = new Judge(file);

	describe(`OpenAPI file ${file.info.version}`, () => {
		it('has a request here for every operation', () => {
			expect(judge.operations.map(({ id }) => id).sort()).toEqual(Object.keys(GOOD_REQUESTS).sort());
		});

		it('describes only the known wrong IDs as UUIDs', () => {
			const mistaken = judge.operations.flatMap(({ id, parameters }) =>
				parameters.filter(({ schema }) => schema?.format === 'uuid').map(({ name }) => `${id} ${name}`),
			);
			expect(mistaken).toEqual(UUID_PARAMETERS);
		});

		for (const operation of judge.operations) {
			describe(operation.id, () => {
				for (const answer of documentedAnswers(operation)) answers(desk, judge, operation, answer);
			});
		}

		it('matches every response of this run, including undocumented errors', async () => {
			await askBeyondTheFile(desk);
			expect(judge.faultsOfAll(desk.replies)).toEqual([]);
		});

		(REAL_SERVER ? it.skip : it)('differs from the server in every way that is listed', () => {
			expect(judge.unmet()).toEqual([]);
		});
	});
}

/** Every status with the name and the message of each of its examples. */
function documentedAnswers({ responses }: Operation): Answer[] {
	return Object.entries(responses).flatMap(([status, response]) => {
		const examples = Object.values(response.content ?? {}).flatMap((content) => Object.entries(content.examples ?? {}));
		if (status < '400' || examples.length === 0) return [{ status, example: '' }];
		return examples.map(([example, { value }]): Answer => {
			const { message } = value as { message: string };
			return { status, example, message: new RegExp(`^${message.replace(/\{\w+\}/g, '\\S+')}$`) };
		});
	});
}

interface Answer {
	readonly status: string;
	readonly example: string;
	readonly message?: RegExp;
}

function answers(desk: Desk, judge: Judge, operation: Operation, { status, example, message }: Answer): void {
	const name = example ? `answers ${status} (${example})` : `answers ${status}`;
	const variation = status < '400' ? UNCHANGED : VARIATIONS[status]?.[example];
	if (!variation) return it(name, () => expect(`a request for ${operation.id} ${name}`).toBe('among the variations'));
	const run = REAL_SERVER && variation.emulatorOnly ? it.skip : it;
	return run(name, async () => {
		await exercise(`${operation.id} ${name}`, async () => {
			const request = await variation.apply(await goodRequest(operation.id, desk), desk);
			await eventually(async () => {
				const reply = await desk.ask(request);
				const faults = judge.faultsOf(operation, reply);
				expect({ status: reply.status, faults }).toEqual({ status: Number(status), faults: [] });
				if (message) expect(reply.body).toHaveProperty('message', expect.stringMatching(message));
				if (request.method === 'POST' && reply.status === 200) desk.remember((reply.body as { id: string }).id);
			});
		});
	});
}

/** What servers are known to refuse with a status that the file does not have, and items made in the apps. */
async function askBeyondTheFile(desk: Desk): Promise<void> {
	const forbidden = VARIATIONS['403']?.[''] ?? UNCHANGED;
	for (const id of ['GetVaultItems', 'GetItemFiles', 'DownloadFileByID']) {
		await exercise(`${id} answers 403`, async () => {
			await desk.ask(await forbidden.apply(await goodRequest(id, desk), desk));
		});
	}
	for (const path of ['/v1/vaults/foo', '/v1/vaults/foo/items', desk.itemPath('foo')]) await desk.call('GET', path);
	// Including the rows of refused requests.
	await desk.call('GET', '/v1/activity?limit=50');
	const { id } = await desk.create();
	await desk.call('PATCH', desk.itemPath(id), { op: 'remove', path: '/tags' });
	const { id: changed } = await desk.create({ fields: [{ purpose: 'PASSWORD', value: 'former' }] });
	await desk.patch(changed, { op: 'replace', path: '/fields/password/value', value: 'present' });
	await desk.read(changed, 2);
	for (const item of await desk.list()) await desk.call('GET', desk.itemPath(item.id));
}

async function goodRequest(operationId: string, desk: Desk): Promise<Request> {
	const request = await GOOD_REQUESTS[operationId]?.(desk);
	if (!request) throw new Error(`There is no request for ${operationId}`);
	return request;
}
