/** @returns one spelling of an address, and of text that is none the text in small letters. */
export function normaliseIp(text: string): string {
	return ipOf(text) ?? text.trim().toLowerCase();
}

/** @returns the address: IPv6 in its short form, IPv4 that is wrapped in IPv6 as IPv4, both without a port; `undefined` if it is none. */
export function ipOf(text: string): string | undefined {
	const plain = text.trim().toLowerCase();
	const v4 = /^(\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?$/.exec(plain)?.[1];
	if (v4 !== undefined) return v4.split('.').every((part) => String(Number(part)) === part && Number(part) <= 255) ? v4 : undefined;
	// Without brackets, a port could not be told from the end of the address.
	const v6 = shortenV6(/^\[([^\]]*)\](?::\d{1,5})?$/.exec(plain)?.[1] ?? plain);
	const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(v6 ?? '') ?? [];
	if (high === undefined || low === undefined) return v6;
	return [high, low]
		.map((part) => parseInt(part, 16))
		.flatMap((part) => [part >> 8, part & 255])
		.join('.');
}

function shortenV6(text: string): string | undefined {
	try {
		return /^[0-9a-f:.]+$/.test(text) ? new URL(`http://[${text}]`).hostname.slice(1, -1) : undefined;
	} catch {
		return undefined;
	}
}
