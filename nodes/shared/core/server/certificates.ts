/**
 * Certificates and private keys in PEM form, as people paste them: with `\n` as text, or with line breaks that a one-line
 * field turned into spaces. They are parsed before anything is sent. No error contains any of the text.
 */

import { X509Certificate, createPrivateKey, type KeyObject } from 'node:crypto';

import { invalidInput, type OnePasswordError } from '../errors/onePasswordError';

export interface ClientIdentity {
	/** The certificate and any intermediate certificates, as PEM text. */
	readonly cert: string;
	/** PEM text. */
	readonly key: string;
	readonly passphrase?: string;
}

interface Block {
	readonly label: string;
	readonly pem: string;
}

/** @returns only the certificates in the text, as PEM. @throws OnePasswordError INVALID_INPUT. */
export function readCertificates(text: string, displayName: string): string {
	const blocks = blocksOf(text).filter(({ label }) => label === 'CERTIFICATE');
	if (blocks.length === 0 || blocks.some(({ pem }) => parseCertificate(pem) === undefined)) {
		throw invalidInput(
			`'${displayName}' of the credential does not contain a valid certificate.`,
			'Paste the whole certificate in PEM form, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.',
		);
	}
	return blocks.map(({ pem }) => pem).join('\n');
}

/**
 * @param passphrase empty = none.
 * @throws OnePasswordError INVALID_INPUT if one of the two is missing or can't be read, or if they don't match.
 */
export function readClientIdentity(certificate: string, key: string, passphrase: string): ClientIdentity {
	if (certificate.trim() === '' || key.trim() === '') {
		throw invalidInput(
			"A client certificate needs both 'Client Certificate' and 'Client Private Key'; one of them is empty.",
			'Fill in both, or neither.',
		);
	}
	const cert = readCertificates(certificate, 'Client Certificate');
	const block = blocksOf(key).find(({ label }) => label.endsWith('PRIVATE KEY'));
	const parsed = parseKey(block?.pem, passphrase);
	if (!(parseCertificate(cert)?.checkPrivateKey(parsed) ?? false)) {
		throw invalidInput(
			"'Client Private Key' of the credential does not match 'Client Certificate'.",
			"Paste the key that the certificate was issued for. If there are several certificates, put the client's own first.",
		);
	}
	return { cert, key: block?.pem ?? '', ...(passphrase !== '' && { passphrase }) };
}

const PEM = /-----BEGIN ([A-Z0-9 ]+)-----([^]*?)-----END \1-----/g;

function blocksOf(text: string): Block[] {
	const lines = text.replace(/\\r/g, '').replace(/\\n/g, '\n');
	return [...lines.matchAll(PEM)].map(([, label = '', body = '']) => ({
		label,
		pem: `-----BEGIN ${label}-----\n${bodyLines(body)}\n-----END ${label}-----`,
	}));
}

/** The older form of an encrypted key has two header lines before the Base64. */
const ENCRYPTION_HEADERS = /^\s*Proc-Type:\s*4,\s*ENCRYPTED\s+DEK-Info:\s*(\S+)\s+/;

function bodyLines(body: string): string {
	const cipher = ENCRYPTION_HEADERS.exec(body)?.[1];
	const base64 = body.replace(ENCRYPTION_HEADERS, '').trim().replace(/\s+/g, '\n');
	return cipher === undefined ? base64 : `Proc-Type: 4,ENCRYPTED\nDEK-Info: ${cipher}\n\n${base64}`;
}

function parseCertificate(pem: string): X509Certificate | undefined {
	try {
		return new X509Certificate(pem);
	} catch {
		return undefined;
	}
}

function parseKey(pem: string | undefined, passphrase: string): KeyObject {
	if (pem === undefined) throw refuseKey();
	try {
		return createPrivateKey({ key: pem, format: 'pem', ...(passphrase !== '' && { passphrase }) });
	} catch {
		// OpenSSL's own error may quote the input.
		throw /ENCRYPTED/.test(pem) ? refusePassphrase(passphrase) : refuseKey();
	}
}

function refuseKey(): OnePasswordError {
	return invalidInput(
		"'Client Private Key' of the credential does not contain a valid private key.",
		'Paste the whole key in PEM form, from -----BEGIN … PRIVATE KEY----- to -----END … PRIVATE KEY-----.',
	);
}

function refusePassphrase(passphrase: string): OnePasswordError {
	return passphrase === ''
		? invalidInput("'Client Private Key' of the credential is encrypted.", "Enter its passphrase in 'Client Key Passphrase'.")
		: invalidInput("'Client Key Passphrase' of the credential does not decrypt the private key.", 'Check the passphrase and the key.');
}
