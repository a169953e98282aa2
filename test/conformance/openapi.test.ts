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
import { REAL_SERVER } from './running/realServer';

const UNCHANGED: Variation = { apply: (good) => good };

const document = apiDocument();

if (document) {
	followsTheFile(document);
} else {
	process.stderr.write('\nNOT CHECKED against the OpenAPI file of Connect: CONNECT_OPENAPI does not say where it lies.\n');
	it.skip('answers as the OpenAPI file says (CONNECT_OPENAPI is not set)', () => undefined);
}

function followsTheFile(file: ApiDocument): void {
	const desk = useDesk();
	const judge = new Judge(file);

	describe(`OpenAPI file ${file.info.version}`, () => {
		it('has no operation without a request here', () => {
			expect(judge.operations.map(({ id }) => id).sort()).toEqual(Object.keys(GOOD_REQUESTS).sort());
		});

		it('calls no ids UUIDs but those known to be mistaken for them', () => {
			const mistaken = judge.operations.flatMap(({ id, parameters }) =>
				parameters.filter(({ schema }) => schema?.format === 'uuid').map(({ name }) => `${id} ${name}`),
			);
			expect(mistaken).toEqual(UUID_PARAMETERS);
		});

		for (const operation of judge.operations) {
			describe(operation.id, () => {
				for (const [status, example] of documentedAnswers(operation)) {
					answers(desk, judge, operation, status, example);
				}
			});
		}

		it('is followed by every answer of this run', async () => {
			// Every item of the vault, for what only some of them have.
			for (const { id } of await desk.list()) await eventually(async () => await desk.call('GET', desk.itemPath(id)));
			for (const path of ['/v1/vaults/foo', desk.itemPath('foo')]) await desk.call('GET', path);
			expect(judge.faultsOfAll(desk.replies)).toEqual([]);
		});

		(REAL_SERVER ? it.skip : it)('differs from the server in every way that is listed', () => {
			expect(judge.unmet()).toEqual([]);
		});
	});
}

/** Every status with each of its named examples. */
function documentedAnswers({ responses }: Operation): Array<[status: string, example: string]> {
	return Object.entries(responses).flatMap(([status, response]) => {
		const names = Object.values(response.content ?? {}).flatMap(({ examples }) => Object.keys(examples ?? {}));
		const isFailure = status >= '400';
		return (isFailure && names.length > 0 ? names : ['']).map((name): [string, string] => [status, name]);
	});
}

function answers(desk: Desk, judge: Judge, operation: Operation, status: string, example: string): void {
	const name = example ? `answers ${status} (${example})` : `answers ${status}`;
	const variation = status < '400' ? UNCHANGED : VARIATIONS[status]?.[example];
	if (!variation) return it(name, () => expect(`a request for ${operation.id} ${name}`).toBe('among the variations'));
	const run = REAL_SERVER && variation.emulatorOnly ? it.skip : it;
	return run(name, async () => {
		await exercise(`${operation.id} ${name}`, async () => {
			const good = await GOOD_REQUESTS[operation.id]?.(desk);
			if (!good) throw new Error(`No request for ${operation.id}`);
			const request = await variation.apply(good, desk);
			await eventually(async () => {
				const reply = await desk.ask(request);
				if (operation.id === 'CreateVaultItem' && reply.status === 200) desk.remember((reply.body as { id: string }).id);
				expect({ status: reply.status, faults: judge.faultsOf(operation, reply) }).toEqual({ status: Number(status), faults: [] });
			});
		});
	});
}
