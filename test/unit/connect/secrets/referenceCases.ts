/**
 * What secret references mean, case by case, with the source that says so:
 *
 * - `cli`: the documentation of 1Password's CLI (secret reference syntax, as of December 2025);
 * - `sdk`: the resolver of 1Password's SDK 0.5.0, by the errors that it knows;
 * - `connect`: how 1Password's clients of Connect look up ids and names;
 * - `ours`: not documented; chosen here, and written down in docs/secret-references.md.
 *
 * Whether the SDK takes the text at all (`✓`) or not (`✗`) is asked of the SDK itself.
 */

import { generateKeyPairSync } from 'node:crypto';

import type { ErrorCode } from '../../../../nodes/shared/core/errors/onePasswordError';
import type { SeedItem, SeedVault } from '../../../emulators/connect';

export const STRIPE_ID = 'stripeid22222222222222222a';
export const ID_LIKE_TITLE = 'abcdefghijklmnopqrstuvwxyz';
export const ID_LIKE_VAULT = 'vaultvaultvaultvaultvault2';

/** Whose title is the id of Stripe. */
const IMPOSTOR_ID = 'impostor2222222222222222aa';
const FILE_ID = 'fileid22222222222222222222';

const PRIVATE_KEY = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const SEED = 'otpauth://totp/Example:ada?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Example';

const concealed = (label: string, section?: string, id = label): NonNullable<SeedItem['fields']>[number] => ({
	id,
	label,
	type: 'CONCEALED',
	value: `value of ${section === undefined ? label : `${section}.${label}`}`,
	...(section !== undefined && { section: { id: section } }),
});

const keyed = (title: string, rest: Partial<SeedItem> = {}): SeedItem => ({
	title,
	category: 'API_CREDENTIAL',
	fields: [{ id: 'key', label: 'key', type: 'CONCEALED', value: `key of ${title}` }],
	...rest,
});

const STRIPE: SeedItem = {
	id: STRIPE_ID,
	title: 'Stripe',
	category: 'API_CREDENTIAL',
	sections: [
		{ id: 'admin', label: 'Admin' },
		{ id: 'ops', label: 'Ops' },
		{ id: 'dotted', label: 'v1.2' },
		{ id: 'nameless' },
		{ id: 'add more' },
		{ id: 'ops2', label: 'On call' },
		{ id: 'ops3', label: 'On call' },
	],
	fields: [
		concealed('publishable-key'),
		concealed('api.key_v1-x'),
		concealed('secret key'),
		concealed('R&D key'),
		concealed('clé privée'),
		concealed('user@host'),
		concealed('100%20'),
		concealed('a+b=c,(d)#1'),
		concealed('ends with space '),
		concealed('鍵'),
		concealed('Case', undefined, 'case1'),
		concealed('CASE', undefined, 'case2'),
		concealed('password', undefined, 'pw'),
		concealed('password', 'admin', 'pw-admin'),
		concealed('email', 'admin', 'mail-admin'),
		concealed('email', 'ops', 'mail-ops'),
		concealed('pager', 'ops', 'pager'),
		concealed('twin', undefined, 'twin1'),
		concealed('twin', undefined, 'twin2'),
		concealed('pin', 'nameless', 'pin-nameless'),
		concealed('version', 'dotted', 'version'),
		concealed('loose', 'add more', 'loose1'),
		concealed('loose', 'admin', 'loose2'),
		concealed('phone', 'ops2', 'phone2'),
		concealed('fax', 'ops3', 'fax3'),
		concealed('id or label', undefined, 'wanted'),
		concealed('wanted', undefined, 'other'),
		{ id: 'a/b', label: 'a/b', type: 'STRING', value: 'value of a/b' },
		{ id: 'slashed', label: 'c/d', type: 'STRING', value: 'value of c/d' },
		{ id: 'empty', label: 'empty', type: 'CONCEALED' },
		{ id: 'config.json', label: 'config.json', type: 'STRING', value: 'the field, not the file' },
		{ id: 'TOTP_1', label: 'one-time password', type: 'OTP', value: SEED },
	],
	files: [
		{ id: FILE_ID, name: 'deploy.pub', content: 'ssh-ed25519 public 🔑\n' },
		{ name: 'logo.png', content: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff]) },
		{ name: 'config.json', content: 'the file' },
		{ name: 'runbook.md', content: '# Pager', section: { id: 'ops' } },
		{ name: 'same.txt', content: '1' },
		{ name: 'same.txt', content: '2' },
	],
};

export const CASE_ITEMS: readonly SeedItem[] = [
	STRIPE,
	{
		title: 'GitHub',
		fields: [
			{ purpose: 'USERNAME', value: 'ada' },
			{ purpose: 'PASSWORD', value: 'hunter2' },
			{ purpose: 'NOTES', value: 'a note' },
		],
	},
	{
		title: 'Deploy Key',
		category: 'SSH_KEY',
		fields: [
			{ id: 'private_key', label: 'private key', type: 'SSHKEY', value: PRIVATE_KEY },
			{ id: 'public_key', label: 'public key', type: 'STRING', value: 'ssh-ed25519 AAAA' },
			{ id: 'pasted', label: 'pasted key', type: 'CONCEALED', value: PRIVATE_KEY },
			{ id: 'broken', label: 'broken key', type: 'SSHKEY', value: 'no key' },
		],
	},
	...['db.prod.eu-1', 'Case', 'CASE', 'Café', 'R&D', 'key@host', '100% sure', 'What?', 'a/b', 'Twin', 'Twin', ID_LIKE_TITLE].map((title) =>
		keyed(title),
	),
	keyed(STRIPE_ID, { id: IMPOSTOR_ID }),
	keyed('Retired', { id: 'archived222222222222222222', state: 'ARCHIVED' }),
];

export const CASE_VAULTS: readonly SeedVault[] = [
	{ name: 'Büro & Co', items: [keyed('Printer')] },
	{ name: 'prod.eu-1', items: [keyed('Printer')] },
	{ name: ID_LIKE_VAULT, items: [keyed('Printer')] },
	{ name: 'Shared' },
	{ name: 'Shared' },
];

export interface Refused {
	readonly code: ErrorCode;
}

const refused = (code: ErrorCode): Refused => ({ code });
const NOT_A_REFERENCE = refused('INVALID_INPUT');

/** The reference; the value that it has, or why it has none; whether the SDK takes it; the source. */
export type ReferenceCase = readonly [reference: string, expected: string | RegExp | Refused, sdk: '✓' | '✗', source: string];

export const REFERENCE_CASES: readonly ReferenceCase[] = [
	// names
	['op://Production/Stripe/publishable-key', 'value of publishable-key', '✓', 'cli: a field without a section'],
	['op://Production/Stripe/Admin/email', 'value of admin.email', '✓', 'cli: a field inside a section'],
	['op://Production/Stripe/secret key', 'value of secret key', '✓', 'cli: white space'],
	['op://Production/Stripe/api.key_v1-x', 'value of api.key_v1-x', '✓', 'cli: supported characters'],
	['op://prod.eu-1/Printer/key', 'key of Printer', '✓', 'cli: supported characters'],
	['op://Production/db.prod.eu-1/key', 'key of db.prod.eu-1', '✓', 'cli: supported characters'],
	['op://Production/Stripe/v1.2/version', 'value of dotted.version', '✓', 'cli: supported characters'],
	['op://Production/Stripe/R&D key', 'value of R&D key', '✗', 'ours: any name but with / or ?'],
	['op://Production/Stripe/clé privée', 'value of clé privée', '✗', 'ours: any name but with / or ?'],
	['op://Production/Stripe/cle\u0301 prive\u0301e', 'value of clé privée', '✗', 'ours: Unicode forms are equal'],
	['op://Production/Stripe/user@host', 'value of user@host', '✗', 'ours: any name but with / or ?'],
	['op://Production/Stripe/a+b=c,(d)#1', 'value of a+b=c,(d)#1', '✗', 'ours: any name but with / or ?'],
	['op://Production/Stripe/鍵', 'value of 鍵', '✗', 'ours: any name but with / or ?'],
	['op://Production/Stripe/100%20', 'value of 100%20', '✗', 'ours: a percent sign is one'],
	['op://Production/Stripe/secret%20key', refused('FIELD_NOT_FOUND'), '✗', 'ours: a percent sign is one'],
	['op://Production/Stripe/ends with space ', 'value of ends with space ', '✓', 'ours: white space belongs to the part'],
	['op://Production/Stripe/ publishable-key', refused('FIELD_NOT_FOUND'), '✓', 'ours: white space belongs to the part'],
	['op://Büro & Co/Printer/key', 'key of Printer', '✗', 'ours: any name but with / or ?'],
	['op://Production/R&D/key', 'key of R&D', '✗', 'ours: any name but with / or ?'],
	['op://Production/Café/key', 'key of Café', '✗', 'ours: any name but with / or ?'],
	['op://Production/key@host/key', 'key of key@host', '✗', 'ours: any name but with / or ?'],
	['op://Production/100% sure/key', 'key of 100% sure', '✗', 'ours: a percent sign is one'],
	['op://Production/What?/key', NOT_A_REFERENCE, '✗', 'sdk: a question mark begins the query'],
	['op://Production/a/b/key', refused('ITEM_NOT_FOUND'), '✓', 'cli: a slash separates parts'],
	['op://Production/Stripe/c/d', refused('FIELD_NOT_FOUND'), '✓', 'cli: a slash separates parts'],
	['op://Production/Stripe/slashed', 'value of c/d', '✓', 'cli: use the id of what is called otherwise'],
	// case
	['op://PRODUCTION/Stripe/publishable-key', 'value of publishable-key', '✓', 'cli: case-insensitive'],
	['op://Production/sTRIPE/publishable-key', 'value of publishable-key', '✓', 'cli: case-insensitive'],
	['op://Production/Stripe/ADMIN/Email', 'value of admin.email', '✓', 'cli: case-insensitive'],
	['op://Production/Case/key', 'key of Case', '✓', 'ours: an exact name wins'],
	['op://Production/case/key', refused('AMBIGUOUS'), '✓', 'sdk: more than one item matched'],
	['op://Production/Stripe/CASE', 'value of CASE', '✓', 'ours: an exact name wins'],
	['op://Production/Stripe/caSE', refused('AMBIGUOUS'), '✓', 'sdk: more than one field matched'],
	// ids
	[`op://Production/${STRIPE_ID}/publishable-key`, 'value of publishable-key', '✓', 'cli: names or ids; ours: the id comes first'],
	[`op://Production/${ID_LIKE_TITLE}/key`, `key of ${ID_LIKE_TITLE}`, '✓', 'connect: by id, then by title'],
	[`op://${ID_LIKE_VAULT}/Printer/key`, 'key of Printer', '✓', 'connect: by id, then by name'],
	['op://Production/Stripe/admin/pw-admin', 'value of admin.password', '✓', 'cli: names or ids'],
	['op://Production/Stripe/pw-admin', 'value of admin.password', '✓', 'ours: a field id needs no section'],
	['op://Production/Stripe/wanted', 'value of id or label', '✓', 'ours: the id comes first'],
	['op://Production/zzzzzzzzzzzzzzzzzzzzzzzzzz/key', refused('ITEM_NOT_FOUND'), '✓', 'sdk: no item matched'],
	// sections
	['op://Production/Stripe/password', 'value of password', '✓', 'sdk: a field without section is preferred'],
	['op://Production/Stripe/Admin/password', 'value of admin.password', '✓', 'cli: a field inside a section'],
	['op://Production/Stripe/email', refused('AMBIGUOUS'), '✓', 'sdk: more than one field matched'],
	['op://Production/Stripe/twin', refused('AMBIGUOUS'), '✓', 'sdk: more than one field matched'],
	['op://Production/Stripe/pager', 'value of ops.pager', '✓', 'ours: one in a section will do if it is the only one'],
	['op://Production/Stripe/pin', 'value of nameless.pin', '✓', 'ours: one in a section will do if it is the only one'],
	['op://Production/Stripe/nameless/pin', 'value of nameless.pin', '✓', 'cli: the id of a section without name'],
	['op://Production/Stripe/loose', 'value of add more.loose', '✓', 'ours: "add more" is no section'],
	['op://Production/Stripe/add more/loose', 'value of add more.loose', '✓', 'cli: sample output of op item get'],
	['op://Production/Stripe/On call/phone', 'value of ops2.phone', '✓', 'ours: sections of one label count together'],
	['op://Production/Stripe/On call/fax', 'value of ops3.fax', '✓', 'ours: sections of one label count together'],
	['op://Production/Stripe/Nowhere/email', refused('FIELD_NOT_FOUND'), '✓', 'sdk: no section matched'],
	['op://Production/Stripe/Ops/password', refused('FIELD_NOT_FOUND'), '✓', 'sdk: the specified field cannot be found'],
	// attributes of fields
	['op://Production/GitHub/username', 'ada', '✓', 'cli'],
	['op://Production/GitHub/password?attribute=value', 'hunter2', '✗', 'cli: attribute parameters'],
	['op://Production/GitHub/password?attr=value', 'hunter2', '✗', 'cli: attribute parameters'],
	['op://Production/GitHub/password?attribute=type', 'concealed', '✗', 'cli: attribute parameters'],
	['op://Production/GitHub/username?attribute=type', 'string', '✗', 'cli: attribute parameters'],
	['op://Production/Stripe/Admin/password?attribute=id', 'pw-admin', '✗', 'cli: attribute parameters'],
	['op://Production/GitHub/password?attribute=purpose', 'password', '✗', 'cli: attribute parameters'],
	['op://Production/Stripe/pager?attribute=purpose', '', '✗', 'ours: none is empty'],
	['op://Production/GitHub/password?attribute=size', NOT_A_REFERENCE, '✗', 'cli: attribute parameters'],
	['op://Production/GitHub/password?attribute=title', NOT_A_REFERENCE, '✗', 'cli: attribute parameters'],
	['op://Production/GitHub/password?attribute=OTP', NOT_A_REFERENCE, '✗', 'sdk: invalid query parameter value'],
	['op://Production/GitHub/password?version=1', NOT_A_REFERENCE, '✗', 'sdk: invalid query parameter key'],
	['op://Production/GitHub/password?', NOT_A_REFERENCE, '✗', 'sdk: invalid format'],
	['op://Production/GitHub/password?attribute=value&attribute=id', NOT_A_REFERENCE, '✗', 'sdk: invalid format'],
	['op://Production/GitHub/notesPlain', 'a note', '✓', 'cli'],
	['op://Production/Stripe/empty', '', '✓', 'ours: an empty field has an empty value'],
	// one-time passwords: the manual clock starts on 1 January 2026
	['op://Production/Stripe/one-time password?attribute=otp', /^\d{6}$/, '✓', 'cli: attribute parameters'],
	['op://Production/Stripe/one-time password?attribute=totp', /^\d{6}$/, '✓', 'sdk'],
	['op://Production/Stripe/one-time password', SEED, '✓', 'cli: the value is the seed'],
	['op://Production/Stripe/one-time password?attribute=type', 'otp', '✗', 'cli: attribute parameters'],
	['op://Production/GitHub/password?attribute=otp', refused('INVALID_INPUT'), '✓', 'sdk: TOTP attribute can only be applied to TOTP-type fields'],
	// SSH keys
	['op://Production/Deploy Key/private key', PRIVATE_KEY, '✓', 'cli: PKCS#8'],
	['op://Production/Deploy Key/private key?ssh-format=openssh', /^-----BEGIN OPENSSH PRIVATE KEY-----\n/, '✓', 'cli: ssh-format'],
	['op://Production/Deploy Key/public key', 'ssh-ed25519 AAAA', '✓', 'cli'],
	[
		'op://Production/Deploy Key/public key?ssh-format=openssh',
		refused('INVALID_INPUT'),
		'✓',
		'sdk: SSH key formatting can only be applied to a private key field',
	],
	[
		'op://Production/Deploy Key/pasted key?ssh-format=openssh',
		refused('INVALID_INPUT'),
		'✓',
		'sdk: SSH key formatting can only be applied to a private key field',
	],
	['op://Production/Deploy Key/broken key?ssh-format=openssh', refused('INVALID_INPUT'), '✓', 'sdk: unable to properly parse private key'],
	['op://Production/Deploy Key/private key?ssh-format=pkcs1', NOT_A_REFERENCE, '✗', 'sdk: invalid query parameter value'],
	// files
	['op://Production/Stripe/deploy.pub', 'ssh-ed25519 public 🔑\n', '✓', 'cli: file attachments'],
	['op://Production/Stripe/deploy.pub?attribute=content', 'ssh-ed25519 public 🔑\n', '✗', 'cli: attribute parameters'],
	['op://Production/Stripe/deploy.pub?attribute=name', 'deploy.pub', '✗', 'cli: attribute parameters'],
	['op://Production/Stripe/DEPLOY.pub?attribute=size', '24', '✗', 'cli: attribute parameters'],
	['op://Production/Stripe/deploy.pub?attribute=id', FILE_ID, '✗', 'cli: attribute parameters'],
	['op://Production/Stripe/deploy.pub?attribute=type', 'file', '✗', 'cli: attribute parameters'],
	['op://Production/Stripe/deploy.pub?attribute=purpose', NOT_A_REFERENCE, '✗', 'cli: attribute parameters'],
	[`op://Production/Stripe/${FILE_ID}`, 'ssh-ed25519 public 🔑\n', '✓', 'cli: names or ids'],
	['op://Production/Stripe/Ops/runbook.md', '# Pager', '✓', 'cli: file attachments'],
	['op://Production/Stripe/config.json', 'the field, not the file', '✓', 'ours: a field comes before a file'],
	['op://Production/Stripe/same.txt', refused('AMBIGUOUS'), '✓', 'ours: as for fields'],
	['op://Production/Stripe/logo.png', refused('INVALID_INPUT'), '✓', 'sdk: currently only text files are supported'],
	// nothing, or too much
	['op://Nowhere/Stripe/key', refused('VAULT_NOT_FOUND'), '✓', 'sdk: no vault matched'],
	['op://Shared/Stripe/key', refused('AMBIGUOUS'), '✓', 'sdk: more than one vault matched'],
	['op://Production/Nothing/key', refused('ITEM_NOT_FOUND'), '✓', 'sdk: no item matched'],
	['op://Production/Twin/key', refused('AMBIGUOUS'), '✓', 'sdk: more than one item matched'],
	['op://Production/archived222222222222222222/key', refused('ITEM_NOT_FOUND'), '✓', 'sdk: item is not in an active state'],
	['op://Production/Retired/key', refused('ITEM_NOT_FOUND'), '✓', 'sdk: item is not in an active state'],
	['op://Production/Stripe/nothing', refused('FIELD_NOT_FOUND'), '✓', 'sdk: the specified field cannot be found'],
	// no references
	['', NOT_A_REFERENCE, '✗', 'sdk: not prefixed with "op://"'],
	['Production/Stripe/key', NOT_A_REFERENCE, '✗', 'sdk: not prefixed with "op://"'],
	['OP://Production/Stripe/key', NOT_A_REFERENCE, '✗', 'sdk: not prefixed with "op://"'],
	[' op://Production/Stripe/key', NOT_A_REFERENCE, '✗', 'sdk: not prefixed with "op://"'],
	['op://Production/Stripe', NOT_A_REFERENCE, '✗', 'sdk: invalid format'],
	['op://Production/Stripe/Admin/email/x', NOT_A_REFERENCE, '✗', 'sdk: invalid format'],
	['op://Production//key', NOT_A_REFERENCE, '✓', 'ours: an empty part names nothing'],
	['op:///Stripe/key', NOT_A_REFERENCE, '✓', 'ours: an empty part names nothing'],
	['op://Production/Stripe/', NOT_A_REFERENCE, '✓', 'ours: an empty part names nothing'],
	['op://Production/Stripe/key\n', NOT_A_REFERENCE, '✗', 'sdk: invalid character'],
	['op://Production/Str\tipe/key', NOT_A_REFERENCE, '✗', 'sdk: invalid character'],
];
