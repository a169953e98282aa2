/**
 * Which texts of a server may be shown. A text can repeat the value or the token it complains about, in any encoding, so only
 * texts that Connect is known to send are passed on, and only their fixed words.
 */

const KNOWN_TEXTS: ReadonlyArray<readonly [RegExp, string]> = [
	[/^Invalid item category\b/i, 'the category is invalid'],
	[/^Invalid (Item|Vault) UUID\b/i, 'an ID is malformed'],
	[/unsupported field type/i, 'a field has a type that Connect cannot write'],
	[/You can only use one "\w+" field/i, 'two fields have the same purpose'],
	[/doesn't have a .{1,100} field/i, 'a field of the category is missing'],
	[/Required field "item\.templateUuid" not found/i, 'this release of Connect does not know the category of the item'],
	[/Couldn't validate the item/i, 'the item did not pass its validation'],
	[/^Unable to update item\b/i, 'the item could not be updated'],
];

/** Characters that are looked at: a text may be as long as the server likes. */
const SEARCHED_CHARACTERS = 1_000;

/** @returns what the server's text means, or `undefined` for a text that is not known. */
export function explainKnownText(text: string): string | undefined {
	const searched = text.slice(0, SEARCHED_CHARACTERS);
	return KNOWN_TEXTS.find(([pattern]) => pattern.test(searched))?.[1];
}
