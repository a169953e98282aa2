import { describe, expect, it } from '@jest/globals';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { ERROR_CODES, OnePasswordError, type ErrorDetails } from '../../../../nodes/shared/core/errors/onePasswordError';
import { toErrorJson, toNodeError } from '../../../../nodes/shared/n8n/errors/nodeError';
import { CANARY, expectNoSecret } from '../../../support/refusal';
import { NODE } from '../fakeNode';

const DETAILS: ErrorDetails = {
	code: 'ITEM_NOT_FOUND',
	message: 'The item was not found in Connect (GET /v1/vaults/{vaultId}/items/{itemId}, 404)',
	advice: 'Check the id.',
	route: 'GET /v1/vaults/{vaultId}/items/{itemId}',
	status: 404,
	attempts: 1,
};

function errorOf(change: Partial<ErrorDetails> = {}): OnePasswordError {
	return new OnePasswordError({ ...DETAILS, ...change });
}

describe('the error that n8n gets', () => {
	it('of an answer is an API error with what happened, what to do, the code and the item', () => {
		const error = toNodeError(NODE, errorOf(), 3);
		expect(error).toBeInstanceOf(NodeApiError);
		expect([error.message, error.description, (error as NodeApiError).httpCode]).toEqual([
			`${DETAILS.message} [ONEPASSWORD_ITEM_NOT_FOUND]`,
			'Check the id. [ITEM_NOT_FOUND]',
			'404',
		]);
		expect([error.context.itemIndex, error.messages]).toEqual([3, []]);
		expect(error.context.data).toMatchObject({ ...DETAILS });
	});

	it('of what was entered is an operation error', () => {
		const error = toNodeError(NODE, errorOf({ status: undefined, code: 'INVALID_INPUT' }), 0);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect([error.message, error.description, error.context.itemIndex]).toEqual([
			`${DETAILS.message} [ONEPASSWORD_INVALID_INPUT]`,
			'Check the id. [INVALID_INPUT]',
			0,
		]);
	});

	it.each(['approvePermissions', 'a title with ECONNREFUSED in it', 'ETIMEDOUT', 'Bearer'])(
		'keeps its message, which n8n would replace: %s',
		(text) => {
			for (const status of [undefined, 404]) {
				const error = toNodeError(NODE, errorOf({ message: text, status }), 0);
				expect([error.message, error.messages]).toEqual([`${text} [ONEPASSWORD_ITEM_NOT_FOUND]`, []]);
			}
		},
	);

	it('is made once', () => {
		const error = toNodeError(NODE, errorOf(), 0);
		expect(toNodeError(NODE, error, 1)).toBe(error);
	});

	it.each([new TypeError('defect'), 'a text', undefined, { message: 'x' }])('is made of a defect, too: %p', (defect) => {
		const error = toNodeError(NODE, defect, 2);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect([typeof error.message, error.context.itemIndex]).toEqual(['string', 2]);
	});

	it.each(ERROR_CODES)('%s says whether waiting helps', (code) => {
		expect(() => toNodeError(NODE, errorOf({ code, retryAfterMs: 5 }), 0)).not.toThrow();
	});

	it('brings no value along that was typed into the node', () => {
		const node = { ...NODE, parameters: { resource: 'item', operation: 'update', fields: { values: [{ field: 'key', value: CANARY }] } } };
		for (const error of [errorOf(), errorOf({ status: undefined }), new TypeError('defect')]) {
			const nodeError = toNodeError(node, error, 0);
			expectNoSecret(nodeError, [CANARY]);
			expect(nodeError.node.parameters).toEqual({ resource: 'item', operation: 'update' });
		}
	});
});

describe('the output item of a failed input', () => {
	it('holds what a workflow can branch on, under `error` alone', () => {
		const candidates = [{ id: 'a', vaultId: 'v' }];
		expect(toErrorJson(errorOf({ candidates, outcomeUnknown: true, retryAfterMs: 5 }))).toEqual({
			error: {
				code: 'ITEM_NOT_FOUND',
				message: DETAILS.message,
				advice: 'Check the id.',
				route: DETAILS.route,
				status: 404,
				candidates,
				outcomeUnknown: true,
			},
		});
	});

	it('has no empty members', () => {
		const { code, message, advice } = DETAILS;
		expect(toErrorJson(new OnePasswordError({ code, message, advice }))).toEqual({ error: { code, message, advice } });
	});

	it('tells a defect by its message', () => {
		expect(toErrorJson(new TypeError('defect'))).toEqual({ error: { message: 'defect' } });
		expect(toErrorJson('text')).toEqual({ error: { message: 'Unknown error' } });
	});
});
