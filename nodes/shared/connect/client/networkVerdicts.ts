/** What a connection that failed means, and what to do about it. */

import type { FailureKind } from '../../http/transport';
import type { Verdict } from './verdicts';

/** The code is NETWORK unless another one is given. */
export const NETWORK_VERDICTS: Readonly<Record<FailureKind, Omit<Verdict, 'code'> & Partial<Verdict>>> = {
	refused: {
		message: 'No server answers at the address of the credential',
		advice: "Check host and port of the 'Server URL', and that the Connect server is running.",
	},
	unknownHost: {
		message: "The host of the 'Server URL' is not known to the name service",
		advice: "Check the 'Server URL' of the credential for typing mistakes.",
	},
	unreachable: {
		message: "No network path leads to the host of the 'Server URL'",
		advice: "Check the 'Server URL' of the credential, and routes and firewalls between n8n and the Connect server.",
	},
	certificate: {
		message: 'A secure connection to the server could not be made: its certificate was issued by an unknown authority',
		advice:
			"Paste the certificate of that authority into 'CA Certificate' of the credential. An n8n older than 2.41 takes it from NODE_EXTRA_CA_CERTS only.",
	},
	certificateName: {
		message: 'A secure connection to the server could not be made: its certificate is for another host name',
		advice: "Use a name from the certificate in the 'Server URL', or issue a certificate for the current host name.",
	},
	certificateTime: {
		message: 'A secure connection to the server could not be made: its certificate has expired or is not valid yet',
		advice: 'Renew the certificate of the server or of the proxy in front of it; check the clock of n8n as well.',
	},
	clientCertificate: {
		message: 'The server refused the connection: it requires a client certificate, or does not accept the one it got',
		advice:
			"Fill in 'Client Certificate' and 'Client Private Key' of the credential (n8n 2.41 or newer), and check that the server trusts their authority.",
	},
	tls: {
		message: 'A secure connection to the server could not be made',
		advice: "Check that the 'Server URL' starts with http or https as the server expects.",
	},
	blocked: {
		message: "n8n's network rules do not allow requests to the server's address",
		advice: 'Ask the administrator to allow the address of the Connect server (N8N_SSRF_ALLOWED_HOSTNAMES).',
	},
	timeout: {
		message: 'The server did not answer in time',
		advice: "Check the network between n8n and the Connect server, or raise the option 'Timeout'.",
	},
	closed: {
		message: 'The connection was closed before the answer was complete',
		advice: 'Check the Connect server and any proxy in front of it.',
	},
	tooLarge: {
		code: 'INVALID_INPUT',
		message: 'The answer of the server is larger than the credential allows',
		advice: "Narrow what is read, or raise 'Max Response Size' of the credential.",
	},
	cancelled: { message: 'The execution was cancelled', advice: 'Run the workflow again.' },
};
