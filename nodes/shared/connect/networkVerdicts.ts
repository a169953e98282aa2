/** What a connection that failed means, and what to do about it. */

import type { FailureKind } from './transport';
import type { Verdict } from './verdicts';

export const NETWORK_VERDICTS: Readonly<Record<FailureKind, Omit<Verdict, 'code'>>> = {
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
		message: 'A secure connection to the server could not be made: its certificate is not trusted',
		advice:
			"Add the certificate of the server's private authority to the credential, or to NODE_EXTRA_CA_CERTS of an n8n older than 2.41.",
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
	cancelled: { message: 'The execution was cancelled', advice: 'Run the workflow again.' },
};
