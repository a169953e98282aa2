/** What to do where Connect has said nothing: here it matters that people run the server themselves. */

import type { Service } from '../../http/service';

export const SERVER_ADDRESS_ADVICE = "Check the 'Server URL' of the credential: it is the address of the Connect API server itself.";

export const SILENT_FAILURES: Service['silentFailures'] = {
	refused: { advice: "Check host and port of the 'Server URL', and that the Connect server is running." },
	unknownHost: { advice: "Check the 'Server URL' of the credential for typing mistakes." },
	unreachable: { advice: "Check the 'Server URL' of the credential, and routes and firewalls between n8n and the Connect server." },
	certificate: {
		advice:
			"Paste the certificate of that authority into 'CA Certificate' of the credential. An n8n older than 2.41 takes it from NODE_EXTRA_CA_CERTS only.",
	},
	certificateName: { advice: "Use a name from the certificate in the 'Server URL', or issue a certificate for the current host name." },
	certificateTime: { advice: 'Renew the certificate of the server or of the proxy in front of it; check the clock of n8n as well.' },
	clientCertificate: {
		advice:
			"Fill in 'Client Certificate' and 'Client Private Key' of the credential (n8n 2.41 or newer), and check that the server trusts their authority.",
	},
	tls: { advice: "Check that the 'Server URL' starts with http or https as the server expects." },
	blocked: { advice: 'Ask the administrator to allow the address of the Connect server (N8N_SSRF_ALLOWED_HOSTNAMES).' },
	timeout: { advice: "Check the network between n8n and the Connect server, or raise the option 'Timeout'." },
	closed: { message: 'The connection was closed before the answer was complete', advice: 'Check the Connect server and any proxy in front of it.' },
	tooLarge: {
		code: 'INVALID_INPUT',
		message: 'The answer of the Connect server is larger than the credential allows',
		advice: "Narrow what is read, or raise 'Max Response Size' of the credential.",
	},
	unreadable: {
		message: 'The server did not answer as 1Password Connect does',
		advice: `${SERVER_ADDRESS_ADVICE} A proxy's own page looks like this too.`,
	},
	fromBetween: {
		advice:
			"Check the login proxy, firewall, or gateway in front of the Connect server, and that the server behind it is running. If a proxy requires its own credentials, put them into 'Extra Headers' of the credential.",
	},
};
