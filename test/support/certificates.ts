/** Certificates of a private authority for tests, made anew in each run. */

import { generate } from 'selfsigned';

export interface TestCertificate {
	readonly cert: string;
	readonly key: string;
}

export interface CertificateOptions {
	/** IP address that the certificate is for. Default 127.0.0.1. */
	readonly ip?: string;
	readonly notAfter?: Date;
	/** Signs it. Default: itself. */
	readonly authority?: TestCertificate;
}

export async function makeCertificate({ ip = '127.0.0.1', notAfter, authority }: CertificateOptions = {}): Promise<TestCertificate> {
	const { private: key, cert } = await generate([{ name: 'commonName', value: ip }], {
		keySize: 2048,
		...(notAfter && { notBeforeDate: new Date(notAfter.getTime() - 86_400_000), notAfterDate: notAfter }),
		...(authority && { ca: authority }),
		extensions: [
			{ name: 'basicConstraints', cA: authority === undefined },
			{ name: 'subjectAltName', altNames: [{ type: 7, ip }] },
		],
	});
	return { cert, key };
}
