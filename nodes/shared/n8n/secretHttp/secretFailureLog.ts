/** Writes failures of the credential for HTTP requests to n8n's log. A credential has no logger and does not know the workflow. */

import { LoggerProxy, type ICredentialDataDecryptedObject } from 'n8n-workflow';

import { readConnectCredential } from '../../connect/credential/authenticate';
import { failureLine } from '../../core/errors/failureLine';
import type { OnePasswordError } from '../../core/errors/onePasswordError';
import { LINE_PACE } from '../process/processState';
import { SECRET_HTTP_CREDENTIAL } from '../services/credentialNames';

export function logSecretFailure(credentials: ICredentialDataDecryptedObject, error: OnePasswordError): void {
	const place = { host: hostOf(credentials), credential: SECRET_HTTP_CREDENTIAL };
	const suppressed = LINE_PACE.admit(`${place.host} ${error.code} ${error.details.reference ?? ''}`);
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
