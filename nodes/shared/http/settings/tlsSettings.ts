/** How the credential secures the connection: whom it trusts, and by which certificate it makes itself known. */

import { readCertificates, readClientIdentity, type ClientIdentity } from '../../core/server/certificates';

export interface TlsCredential {
	readonly caCertificate?: unknown;
	readonly clientCertificate?: unknown;
	readonly clientKey?: unknown;
	readonly clientKeyPassphrase?: unknown;
	readonly ignoreSslIssues?: unknown;
}

export interface TlsSettings extends Partial<ClientIdentity> {
	/** PEM text; none = the public authorities. */
	readonly ca?: string;
	readonly ignoreSslIssues: boolean;
}

/** @throws OnePasswordError INVALID_INPUT for a certificate or a key that can't be used. */
export function readTlsSettings(credential: TlsCredential): TlsSettings {
	const [ca, cert, key] = [credential.caCertificate, credential.clientCertificate, credential.clientKey].map((text) => String(text ?? ''));
	return {
		...(ca?.trim() && { ca: readCertificates(ca, 'CA Certificate') }),
		...((cert?.trim() || key?.trim()) && readClientIdentity(cert ?? '', key ?? '', String(credential.clientKeyPassphrase ?? ''))),
		ignoreSslIssues: credential.ignoreSslIssues === true,
	};
}

/** @returns the members of n8n's request options that carry the settings, beside the agent options it has. */
export function tlsOptions({ ignoreSslIssues, ...agent }: TlsSettings, given?: object): object {
	return {
		...(Object.keys(agent).length > 0 && { agentOptions: { ...given, ...agent } }),
		...(ignoreSslIssues && { skipSslCertificateValidation: true }),
	};
}
