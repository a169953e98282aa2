/** Has failures of the credential for HTTP requests show in n8n's log. A credential has no logger and knows no workflow. */

import { LoggerProxy, type ICredentialDataDecryptedObject } from 'n8n-workflow';

import { readConnectCredential } from '../../connect/credential/authenticate';
import { failureLine } from '../../core/errors/failureLine';
import type { OnePasswordError } from '../../core/errors/onePasswordError';
import { LinePace } from './linePace';
import { EFFECTS } from '../process/effects';
import { SECRET_HTTP_CREDENTIAL } from '../services/credentialNames';

/** A loop of requests fails as often as it goes round. */
const PACE = new LinePace(EFFECTS.now);

export function logSecretFailure(credentials: ICredentialDataDecryptedObject, error: OnePasswordError): void {
	const place = { host: hostOf(credentials), credential: SECRET_HTTP_CREDENTIAL };
	const suppressed = PACE.admit(`${place.host} ${error.code} ${error.details.reference ?? ''}`);
	if (suppressed === undefined) return;
	const { message, metadata } = failureLine(place, { code: error.code, error, suppressed });
	LoggerProxy.error(message, { ...metadata });
}

function hostOf(credentials: ICredentialDataDecryptedObject): string | undefined {
	try {
		return new URL(readConnectCredential(credentials).server).host;
	} catch {
		return undefined;
	}
}
