/** IDs of vaults, items and files: 26 characters of lower-case letters and digits. */

const CONNECT_ID = /^[a-z0-9]{26}$/;

/** @returns whether the text has the form of an ID. A title can have it too, so this proves nothing. */
export function looksLikeId(text: string): boolean {
	return CONNECT_ID.test(text);
}
