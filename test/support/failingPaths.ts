/**
 * Everything that can go wrong with the main job: how to provoke it, the code it must end with, and what it must say.
 * Run in n8n's engine by the engine tests, and in a real n8n by the end-to-end tests.
 */

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { ConnectEmulator, Fault, Seed } from '../emulators/connect';
import { SECRET_KINDS, canary } from './canaries';
import { byId, byName, byReference, onItem, setFields } from './parameters';

export type ConnectCredential = {
	readonly serverUrl: string;
	readonly accessToken: string;
};

interface World {
	readonly emulator: ConnectEmulator;
	/** A good one. */
	readonly credential: ConnectCredential;
}

export interface FailingPath {
	readonly what: string;
	readonly code: string;
	/** The error's message. */
	readonly says: RegExp;
	readonly parameters: () => INodeParameters;
	/** Default: the good one. */
	readonly credential?: (world: World) => ConnectCredential;
	readonly faults?: readonly Fault[];
	readonly inputs?: readonly IDataObject[];
}

/** What 1Password holds, and must not leave it. */
export const SECRETS: readonly string[] = [canary('key'), canary('pw'), canary('note'), canary('old'), ...Object.values(SECRET_KINDS)];

/** What the workflow itself writes. */
export const WRITTEN = canary('written');

/** A part of every token that is not one of the emulator's. */
export const FOREIGN_TOKEN = 'CANARYTOKEN';

export const ID_LIKE_TITLE = 'abcdefghijklmnopqrstuvwxyz';

const SOME_ID = 'zzzzzzzzzzzzzzzzzzzzzzzzzz';

export const FAILING_PATHS_SEED: Seed = {
	vaults: [
		{
			name: 'Production',
			items: [
				{
					title: 'Payments API',
					category: 'API_CREDENTIAL',
					urls: Object.values(SECRET_KINDS).map((secret) => ({ href: `https://example.com/?key=${secret}` })),
					sections: [{ id: 's', label: 'Admin' }],
					fields: [
						{
							id: 'credential',
							type: 'CONCEALED',
							label: 'credential',
							value: canary('key'),
							passwordDetails: { history: [canary('old')] },
						},
						{ id: 'pw', type: 'CONCEALED', label: 'password', value: canary('pw') },
						{ id: 'pw2', type: 'CONCEALED', label: 'password', section: { id: 's' }, value: canary('pw') },
						{ id: 'notesPlain', type: 'STRING', purpose: 'NOTES', label: 'notesPlain', value: canary('note') },
						{ id: 'key', type: 'SSHKEY', label: 'private key', value: canary('key') },
						// Secrets whose type says that they are harmless.
						...Object.entries(SECRET_KINDS).map(([label, value], index) => ({ id: `kind${index}`, type: 'STRING', label, value })),
					],
				},
				{ title: 'Twin' },
				{ title: 'Twin' },
				{ title: ID_LIKE_TITLE },
			],
		},
		{ name: 'Hidden' },
	],
};

const readOnly = ({ emulator, credential }: World): ConnectCredential => ({
	...credential,
	accessToken: emulator.issueToken({ vaults: { Production: 'r' } }),
});
const get = (item = byName('Payments API')): INodeParameters => onItem('get', item);
const update = (rest: INodeParameters = setFields({ credential: WRITTEN })): INodeParameters => onItem('update', byName('Payments API'), rest);
const create = (): INodeParameters => ({
	resource: 'item',
	operation: 'create',
	vault: byName('Production'),
	title: 'New',
	category: 'API_CREDENTIAL',
	...setFields({ credential: WRITTEN }),
});

const resolve = (reference: string): INodeParameters => ({
	resource: 'secret',
	operation: 'resolve',
	references: { values: [{ reference, name: 'x' }] },
	reveal: 'all',
});
const inject = (template: string, templateFormat = 'text'): INodeParameters => ({
	resource: 'secret',
	operation: 'inject',
	templateFormat,
	template,
	reveal: 'all',
});

export const FAILING_PATHS: readonly FailingPath[] = [
	// the server and the token
	{
		what: 'no server at the address',
		code: 'NETWORK',
		says: /No server answers/,
		parameters: get,
		credential: ({ credential }) => ({ ...credential, serverUrl: 'http://127.0.0.1:9' }),
	},
	{
		what: 'an unknown host',
		code: 'NETWORK',
		says: /not known to the name service/,
		parameters: get,
		credential: ({ credential }) => ({ ...credential, serverUrl: 'http://connect.invalid' }),
	},
	{
		what: 'https to an http server',
		code: 'NETWORK',
		says: /secure connection/,
		parameters: get,
		credential: ({ emulator, credential }) => ({ ...credential, serverUrl: emulator.url.replace('http', 'https') }),
	},
	{
		what: 'a URL that is none',
		code: 'INVALID_INPUT',
		says: /not an http or https URL/,
		parameters: get,
		credential: ({ credential }) => ({ ...credential, serverUrl: 'localhost:8080' }),
	},
	{ what: "a proxy's page", code: 'PROTOCOL', says: /not answer as 1Password Connect/, parameters: get, faults: [{ kind: 'html' }] },
	{
		what: "a proxy's page for not found",
		code: 'PROTOCOL',
		says: /not answer as 1Password Connect/,
		parameters: get,
		faults: [{ kind: 'html', status: 404 }],
	},
	{
		what: 'a redirect',
		code: 'PROTOCOL',
		says: /redirects.*not sent there/,
		parameters: get,
		faults: [{ kind: 'redirect', location: 'http://127.0.0.1:9/' }],
	},
	{
		what: 'a foreign token',
		code: 'AUTH_FAILED',
		says: /refused the access token.*GET \/v1\/vaults, 401/,
		parameters: get,
		credential: ({ credential }) => ({ ...credential, accessToken: `eyJmb3JlaWdu.${FOREIGN_TOKEN}.x` }),
	},
	{
		what: 'an expired token',
		code: 'AUTH_FAILED',
		says: /refused the access token/,
		parameters: get,
		credential: ({ emulator, credential }) => ({ ...credential, accessToken: emulator.issueToken({ expired: true }) }),
	},
	{
		what: 'a token on two lines',
		code: 'INVALID_INPUT',
		says: /'Access Token'/,
		parameters: get,
		credential: ({ credential }) => ({ ...credential, accessToken: `${FOREIGN_TOKEN}\nsecond` }),
	},
	{
		what: 'a vault out of scope',
		code: 'VAULT_NOT_FOUND',
		says: /can't access a vault named "Hidden"/,
		parameters: () => ({ ...get(), vault: byName('Hidden') }),
		credential: readOnly,
	},
	{
		what: 'a vault id out of scope',
		code: 'FORBIDDEN',
		says: /no access to this vault.*GET \/v1\/vaults\/\{vaultId\}\/items/,
		parameters: () => ({ ...get(), vault: byId(SOME_ID) }),
	},
	{ what: 'a read-only token on a write', code: 'FORBIDDEN', says: /may not write.*PATCH/, parameters: update, credential: readOnly },
	{
		what: 'too many requests',
		code: 'RATE_LIMITED',
		says: /more requests than it allows/,
		parameters: get,
		faults: [{ kind: 'status', status: 429, retryAfter: 120 }],
	},
	{
		what: 'a broken gateway on a write that was not done',
		code: 'UNAVAILABLE',
		says: /could not process.*PATCH/,
		parameters: () => update({ ...setFields({ credential: WRITTEN }), options: { waitForSync: 1 } }),
		faults: [{ kind: 'status', status: 502, match: { method: 'PATCH' } }],
	},
	{ what: 'broken JSON', code: 'PROTOCOL', says: /not answer as 1Password Connect/, parameters: get, faults: [{ kind: 'malformedJson' }] },
	{
		what: 'an object where a list belongs',
		code: 'PROTOCOL',
		says: /not answer as 1Password Connect/,
		parameters: get,
		faults: [{ kind: 'status', status: 200, body: { hello: 'there' } }],
	},
	{
		what: 'an answer that never comes',
		code: 'NETWORK',
		says: /did not answer in time/,
		parameters: () => ({ ...get(), options: { timeout: 80 } }),
		faults: [{ kind: 'hang', times: 9 }],
	},
	{
		what: 'an error text that repeats the secret and the token',
		code: 'INVALID_INPUT',
		says: /Connect refused the request/,
		parameters: update,
		faults: [{ kind: 'status', status: 400, message: `bad value ${WRITTEN} for Bearer eyJ0.${FOREIGN_TOKEN}.x`, match: { method: 'PATCH' } }],
	},
	// what the user entered
	{ what: 'an unknown item', code: 'ITEM_NOT_FOUND', says: /no active item named "Nope"/, parameters: () => get(byName('Nope')) },
	{ what: 'an unknown item id', code: 'ITEM_NOT_FOUND', says: /item was not found in Connect.*404/, parameters: () => get(byId(SOME_ID)) },
	{ what: 'two items of one name', code: 'AMBIGUOUS', says: /2 items are called "Twin"/, parameters: () => get(byName('Twin')) },
	{ what: 'a title by way of the id', code: 'ITEM_NOT_FOUND', says: /item was not found in Connect/, parameters: () => get(byId(ID_LIKE_TITLE)) },
	{
		what: 'a name by way of the id',
		code: 'INVALID_INPUT',
		says: /is not a valid ID/,
		parameters: () => get(byId('={{ "Payments API" }}')),
	},
	{
		what: 'an expression that finds no vault',
		code: 'INVALID_INPUT',
		says: /'Vault' is empty/,
		parameters: () => ({ ...get(), vault: byName('={{ $json.nothing }}') }),
	},
	{
		what: 'an expression that finds no item',
		code: 'INVALID_INPUT',
		says: /'Item' is empty/,
		parameters: () => get(byName('={{ $json.nothing }}')),
	},
	{
		what: 'a reference without an item',
		code: 'INVALID_INPUT',
		says: /names no item/,
		parameters: () => get(byReference('op://Production')),
	},
	{
		what: 'a reference that is none',
		code: 'INVALID_INPUT',
		says: /does not start with "op:\/\/"/,
		parameters: () => get(byReference('Production/Payments API')),
	},
	{ what: 'an unknown field', code: 'FIELD_NOT_FOUND', says: /no field "nope"/, parameters: () => update(setFields({ nope: WRITTEN })) },
	{
		what: 'a label that two fields share',
		code: 'AMBIGUOUS',
		says: /2 fields of the item are called "password"/,
		parameters: () => update(setFields({ password: WRITTEN })),
	},
	{
		what: 'an unknown field to reveal',
		code: 'FIELD_NOT_FOUND',
		says: /no field "nope"/,
		parameters: () => ({ ...get(), reveal: 'selected', revealFields: ['nope'] }),
	},
	{
		what: 'an empty value',
		code: 'INVALID_INPUT',
		says: /value for the field "credential" is empty/,
		parameters: () => update(setFields({ credential: '={{ $json.nothing }}' })),
	},
	{
		what: 'an object as value',
		code: 'INVALID_INPUT',
		says: /not text/,
		parameters: () => update(setFields({ credential: '={{ $json.body }}' })),
		inputs: [{ body: { key: WRITTEN } }],
	},
	{
		what: 'the placeholder of a hidden value',
		code: 'INVALID_INPUT',
		says: /placeholder of a concealed value/,
		parameters: () => update(setFields({ credential: '<concealed by 1Password>' })),
	},
	{
		what: 'a field that Connect cannot write',
		code: 'INVALID_INPUT',
		says: /type SSHKEY/,
		parameters: () => update(setFields({ 'private key': WRITTEN })),
	},
	{
		what: 'a version that is no number',
		code: 'INVALID_INPUT',
		says: /'Expected Version' is not a whole number/,
		parameters: () => update({ ...setFields({ credential: 'x' }), options: { expectedVersion: 'two' } }),
	},
	{
		what: 'a category that Connect does not create',
		code: 'INVALID_INPUT',
		says: /can't create items of category DOCUMENT/,
		parameters: () => ({ ...create(), category: 'DOCUMENT' }),
	},
	{
		what: 'an item that vanishes between read and write',
		code: 'ITEM_NOT_FOUND',
		says: /item was not found in Connect.*PATCH.*404/,
		parameters: update,
		faults: [{ kind: 'status', status: 404, message: 'item x not found', match: { method: 'PATCH' } }],
	},
	// secret references
	{
		what: 'a secret in the place of a reference',
		code: 'INVALID_INPUT',
		says: /^Reference 1: .*does not start with "op:\/\/"/,
		parameters: () => resolve('={{ $json.body.secret }}'),
		inputs: [{ body: { secret: WRITTEN } }],
	},
	{
		what: 'a reference to an unknown vault',
		code: 'VAULT_NOT_FOUND',
		says: /^op:\/\/Nowhere\/x\/y: .*can't access a vault named "Nowhere"/,
		parameters: () => resolve('op://Nowhere/x/y'),
	},
	{
		what: 'a reference to two items',
		code: 'AMBIGUOUS',
		says: /^op:\/\/Production\/Twin\/x: 2 items/,
		parameters: () => resolve('op://Production/Twin/x'),
	},
	{
		what: 'a reference to an unknown field',
		code: 'FIELD_NOT_FOUND',
		says: /^op:\/\/.*\/nope: The item has no field or file "nope"/,
		parameters: () => resolve('op://Production/Payments API/nope'),
	},
	{
		what: 'the one-time password of a field that has none',
		code: 'INVALID_INPUT',
		says: /for one-time password fields/,
		parameters: () => resolve('op://Production/Payments API/credential?attribute=otp'),
	},
	{
		what: 'an SSH key that is none',
		code: 'INVALID_INPUT',
		says: /private key could not be read/,
		parameters: () => resolve('op://Production/Payments API/private key?ssh-format=openssh'),
	},
	{
		what: 'a template whose second reference fails',
		code: 'FIELD_NOT_FOUND',
		says: /\/nope: /,
		parameters: () => inject('{{ op://Production/Payments API/credential }} {{ op://Production/Payments API/nope }}'),
	},
	{
		what: 'a JSON template that is no JSON',
		code: 'INVALID_INPUT',
		says: /'Template' is not valid JSON/,
		parameters: () => inject('={{ $json.body.template }}', 'json'),
		inputs: [{ body: { template: `{"key": ${WRITTEN}` } }],
	},
	// writes whose outcome nobody knows
	{
		what: 'an update cut off before the server acted',
		code: 'NETWORK',
		says: /closed before the answer was complete.*PATCH/,
		parameters: () => update({ ...setFields({ credential: WRITTEN }), options: { waitForSync: 1 } }),
		faults: [{ kind: 'resetBeforeHeaders', act: false, match: { method: 'PATCH' } }],
	},
	{
		what: 'a create cut off before the server acted',
		code: 'NETWORK',
		says: /closed before the answer was complete.*POST/,
		parameters: () => ({ ...create(), options: { waitForSync: 1 } }),
		faults: [{ kind: 'resetBeforeHeaders', act: false, match: { method: 'POST' } }],
	},
];
