/**
 * Where servers are known to differ from 1Password's OpenAPI file (1.8.1). Everything else that differs is an error, and
 * so is, on the emulator, a deviation here that no answer shows.
 */

export interface Deviation {
	/** What differs, in the words of `Validator.differencesOf`. */
	readonly difference: string;
	readonly reason: string;
}

const TYPES_OF_THE_APPS = ['ADDRESS', 'CREDIT_CARD_NUMBER', 'CREDIT_CARD_TYPE', 'FILE', 'GENDER', 'PHONE', 'REFERENCE', 'SSHKEY', 'UNKNOWN'];

const MEMBERS: readonly Deviation[] = [
	{
		difference: 'member beyond the schema: fields/*/totp',
		reason: 'The current one-time password, sent since 1.4.0; all SDKs read it.',
	},
	{
		difference: 'member beyond the schema: fields/*/passwordDetails',
		reason: 'Strength and history of passwords, shown in the samples of the API reference.',
	},
	{
		difference: 'member beyond the schema: vault/name',
		reason: 'Recorded: SSH key of 2023 (terraform-provider-onepassword issue 74), items of 2024 and 2025 (factorial-io/phabalicious).',
	},
	{
		difference: 'member beyond the schema: additionalInformation',
		reason: 'Recorded with the same items.',
	},
];

const LOG: readonly Deviation[] = [
	{
		difference: 'format at */actor/id: must match format "uuid"',
		reason: 'Recorded in 2021 (partydrone/connect-sdk-ruby): 26 upper-case characters.',
	},
	{
		difference: 'pattern at */resource/vault/id: must match pattern "^[\\da-z]{26}$"',
		reason: 'Recorded in 2021: the row of a denied request has the vault id as the caller sent it.',
	},
];

const TYPES = TYPES_OF_THE_APPS.map((type) => ({
	difference: `enum at fields/*/type: "${type}"`,
	reason: 'A type that fields made in the apps have; the Go SDK lists it.',
}));

const FORBIDDEN = ['GetVaultItems', 'GetItemFiles', 'DownloadFileByID'].map((operation) => ({
	difference: `status beyond the file: ${operation} 403`,
	reason: 'The scope of the token counts on every route: 1Password/connect issue 82, External Secrets issue 4205.',
}));

const REFUSED = ['GetVaultById', 'GetVaultItems', 'GetVaultItemById', 'PatchVaultItem'].map((operation) => ({
	difference: `status beyond the file: ${operation} 400`,
	reason: 'Ids of another form, bad filters and bad patches: js SDK issue 29, 1Password/connect issues 45 and 61.',
}));

export const KNOWN_DEVIATIONS: readonly Deviation[] = [...MEMBERS, ...LOG, ...TYPES, ...FORBIDDEN, ...REFUSED];

/** Mistakes in the file about what clients send: these IDs have 26 characters and are not UUIDs. */
export const UUID_PARAMETERS: readonly string[] = [
	'GetItemFiles vaultUuid',
	'GetItemFiles itemUuid',
	'GetDetailsOfFileById vaultUuid',
	'GetDetailsOfFileById itemUuid',
	'GetDetailsOfFileById fileUuid',
	'DownloadFileByID vaultUuid',
	'DownloadFileByID itemUuid',
];
