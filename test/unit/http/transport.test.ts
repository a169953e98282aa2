import { describe, expect, it } from '@jest/globals';

import { TransportError, failureKindOf } from '../../../nodes/shared/http/transport';

describe('what a code means', () => {
	it.each([
		['ECONNREFUSED', 'refused', false],
		['ENOTFOUND', 'unknownHost', false],
		['EAI_AGAIN', 'unknownHost', false],
		['EPROTO', 'tls', true],
		['EHOSTUNREACH', 'unreachable', true],
		['ENETUNREACH', 'unreachable', true],
		['CERT_HAS_EXPIRED', 'certificateTime', false],
		['CERT_NOT_YET_VALID', 'certificateTime', false],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate', false],
		['SELF_SIGNED_CERT_IN_CHAIN', 'certificate', false],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate', false],
		['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate', false],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'certificateName', false],
		['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'clientCertificate', false],
		['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'clientCertificate', false],
		['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'clientCertificate', false],
		['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'tls', true],
		['ERR_SSL_WRONG_VERSION_NUMBER', 'tls', true],
		['ECONNABORTED', 'timeout', true],
		['ETIMEDOUT', 'timeout', true],
		['ECONNRESET', 'closed', true],
		['EPIPE', 'closed', true],
		['ERR_BAD_RESPONSE', 'closed', true],
		['ERR_CANCELED', 'cancelled', true],
		['', 'closed', true],
		['ESOMETHINGNEW', 'closed', true],
	])('%s: %s, and the request may have been sent: %s', (code, kind, mayHaveBeenSent) => {
		const error = new TransportError(failureKindOf(code));
		expect([error.kind, error.mayHaveBeenSent]).toEqual([kind, mayHaveBeenSent]);
	});

	it('is all that the error tells', () => {
		expect({ ...new TransportError('closed') }).toEqual({ kind: 'closed', name: 'TransportError' });
	});
});
