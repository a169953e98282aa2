/**
 * Where servers are known to differ from 1Password's OpenAPI file (1.8.1). Everything else that differs is an error.
 * The conformance run on the emulator also fails for a deviation here that it no longer meets.
 */

export interface Deviation {
	/** What differs, in the words of `differencesOf`. */
	readonly difference: RegExp;
	readonly reason: string;
}

const LATER_TYPES = 'ADDRESS|CREDIT_CARD_NUMBER|CREDIT_CARD_TYPE|FILE|GENDER|PHONE|REFERENCE|SSHKEY|UNKNOWN';

export const KNOWN_DEVIATIONS: readonly Deviation[] = [
	{
		difference: /^member beyond the schema: fields\/\*\/totp$/,
		reason: 'The current one-time password, sent since 1.4.0; all SDKs read it.',
	},
	{
		difference: /^member beyond the schema: fields\/\*\/passwordDetails$/,
		reason: 'Strength and history of passwords, shown in the samples of the API reference.',
	},
	{
		difference: new RegExp(`^enum at fields/\\*/type: "(${LATER_TYPES})"$`),
		reason: 'Types of fields that the apps make; the Go SDK lists them.',
	},
	{
		difference: /^status beyond the file: (GetVaultItems|GetItemFiles|DownloadFileByID) 403$/,
		reason: 'The scope of the token is looked at for every vault: 1Password/connect issue 82, External Secrets issue 4205.',
	},
	{
		difference: /^status beyond the file: (GetVaultById|GetVaultItems|GetVaultItemById|GetVaults|PatchVaultItem) 400$/,
		reason: 'Ids of another form, bad filters and bad patches: connect-sdk-js issue 29, 1Password/connect issues 45 and 61.',
	},
];

/** Mistakes of the file about what clients send: the ids of these are 26 characters, not UUIDs. */
export const UUID_PARAMETERS: readonly string[] = [
	'GetItemFiles vaultUuid',
	'GetItemFiles itemUuid',
	'GetDetailsOfFileById vaultUuid',
	'GetDetailsOfFileById itemUuid',
	'GetDetailsOfFileById fileUuid',
	'DownloadFileByID vaultUuid',
	'DownloadFileByID itemUuid',
];
