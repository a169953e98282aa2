/**
 * Which hosts a secret may be sent to, in the terms of n8n's own domain restriction, which newer releases of n8n enforce and
 * this package always: a host, or `*.` and a domain for all hosts below it.
 */

import { invalidInput, type OnePasswordError } from '../../core/errors/onePasswordError';

export interface DomainRestriction {
	/** `all`, `none` or `domains`; anything else counts as `domains`. */
	readonly allowedHttpRequestDomains?: unknown;
	/** Hosts, separated by commas. None = no host is allowed. */
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

/** @throws OnePasswordError INVALID_INPUT for a URL that is none or leads elsewhere; it names the host only. */
export function requireAllowedUrl(restriction: DomainRestriction, url: string): void {
	const host = hostOf(url);
	if (host === undefined) throw invalidInput('The URL of the request is not a complete address.', 'Begin it with https://.');
	if (isHostAllowed(restriction, host)) return;
	throw refuse(
		restriction,
		`The credential may not be used for requests to "${host}".`,
		`Add ${host} to the 'Allowed Domains' of the credential if the secret may be sent there.`,
	);
}

/**
 * n8n confines what a credential sends itself to its allowed domains, too.
 * @throws OnePasswordError INVALID_INPUT where the Connect server is not among them.
 */
export function requireConnectHost(restriction: DomainRestriction, server: string): void {
	const host = hostOf(server) ?? '';
	if (isHostAllowed(restriction, host)) return;
	throw refuse(
		restriction,
		`The host of the Connect server, ${host}, is not among the 'Allowed Domains' of the credential, so that n8n keeps the credential from reading the secret.`,
		`Add ${host} to 'Allowed Domains', beside the hosts that the secret is for.`,
	);
}

function refuse({ allowedHttpRequestDomains, allowedDomains }: DomainRestriction, message: string, advice: string): OnePasswordError {
	return allowedHttpRequestDomains === 'none'
		? invalidInput(
				"'Allowed HTTP Request Domains' of the credential is set to None, which keeps it from being used.",
				'Choose Specific Domains, and name the hosts.',
			)
		: invalidInput(message, strangeEntry(allowedDomains) ?? advice);
}

/** What users enter where n8n wants hosts. */
function strangeEntry(allowedDomains: unknown): string | undefined {
	const entries = String(allowedDomains ?? '')
		.split(',')
		.map(normalise);
	const strange = entries.find((entry) => entry !== '' && !/^(\*\.)?[\p{L}\d._-]+$|^\[[\da-f:.]+\]$/u.test(entry));
	return strange && `Write hosts without scheme, port and path, separated by commas: "${strange}" in 'Allowed Domains' is none.`;
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
