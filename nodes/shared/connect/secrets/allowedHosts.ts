/**
 * Which hosts a secret may be sent to, in the format of n8n's own domain restriction: a host, or `*.` and a domain for all
 * its subdomains. Newer n8n releases enforce it themselves; this package always does.
 */

import { invalidInput, type OnePasswordError } from '../../core/errors/onePasswordError';

export interface DomainRestriction {
	/** `all`, `none` or `domains`; anything else counts as `domains`. */
	readonly allowedHttpRequestDomains?: unknown;
	/** Comma-separated hosts. Empty = no host is allowed. */
	readonly allowedDomains?: unknown;
}

export function isHostAllowed({ allowedHttpRequestDomains, allowedDomains }: DomainRestriction, host: string): boolean {
	if (allowedHttpRequestDomains === 'all') return true;
	if (allowedHttpRequestDomains === 'none') return false;
	const wanted = normalise(host);
	return String(allowedDomains ?? '')
		.split(',')
		.map(normalise)
		.some((domain) => (domain.startsWith('*.') ? wanted.endsWith(domain.slice(1)) : domain !== '' && wanted === domain));
}

/**
 * @throws OnePasswordError INVALID_INPUT for an invalid URL or one that leads elsewhere; the error contains only the host.
 */
export function requireAllowedUrl(restriction: DomainRestriction, url: string): void {
	const host = hostOf(url);
	if (host === undefined) throw invalidInput('The URL of the request is not a complete address.', 'Start it with https://.');
	if (isHostAllowed(restriction, host)) return;
	throw refuse(
		restriction,
		`The credential is not allowed for requests to "${host}".`,
		`Add ${host} to the 'Allowed Domains' of the credential if the secret may be sent there.`,
	);
}

/**
 * n8n also limits a credential's own requests to its allowed domains.
 * @throws OnePasswordError INVALID_INPUT if the Connect server is not among them.
 */
export function requireConnectHost(restriction: DomainRestriction, server: string): void {
	const host = hostOf(server) ?? '';
	if (isHostAllowed(restriction, host)) return;
	throw refuse(
		restriction,
		`The host of the Connect server, ${host}, is not among the credential's 'Allowed Domains', so n8n does not let the credential read the secret.`,
		`Add ${host} to 'Allowed Domains', in addition to the hosts that the secret is for.`,
	);
}

function refuse({ allowedHttpRequestDomains, allowedDomains }: DomainRestriction, message: string, advice: string): OnePasswordError {
	return allowedHttpRequestDomains === 'none'
		? invalidInput(
				"'Allowed HTTP Request Domains' of the credential is set to None, so it can't be used.",
				'Choose Specific Domains, and enter the hosts.',
			)
		: invalidInput(message, strangeEntry(allowedDomains) ?? advice);
}

/** What users enter where n8n expects hosts. */
function strangeEntry(allowedDomains: unknown): string | undefined {
	const entries = String(allowedDomains ?? '')
		.split(',')
		.map(normalise);
	const strange = entries.find((entry) => entry !== '' && !/^(\*\.)?[\p{L}\d._-]+$|^\[[\da-f:.]+\]$/u.test(entry));
	return strange && `Enter comma-separated hosts without scheme, port, or path: "${strange}" in 'Allowed Domains' is not a host.`;
}

function hostOf(url: string): string | undefined {
	try {
		const { protocol, hostname } = new URL(url);
		return /^https?:$/.test(protocol) ? hostname : undefined;
	} catch {
		return undefined;
	}
}

function normalise(domain: string): string {
	return domain.trim().toLowerCase().replace(/\.$/, '');
}
