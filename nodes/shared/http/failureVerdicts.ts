/** What it means when the service itself has said nothing, in words that only need its name. */

import type { Service, SilentFailure, Verdict } from './service';

/** The code is NETWORK unless another one is given. */
type Texts = Omit<Verdict, 'code'> & Partial<Verdict>;

/** @returns the general verdict, with what the service says differently. */
export function verdictOnSilence({ name, silentFailures }: Service, kind: SilentFailure): Verdict {
	return { code: 'NETWORK', ...textsFor(name)[kind], ...silentFailures?.[kind] };
}

function textsFor(name: string): Readonly<Record<SilentFailure, Texts>> {
	const beginning = name.charAt(0).toUpperCase() + name.slice(1);
	const insecure = `A secure connection to ${name} could not be made`;
	const checkPath = `Check that n8n can reach ${name}, with the proxy it needs.`;
	const checkProxy = `Check whether a proxy between n8n and ${name} answers in its place.`;
	const later = 'Run the node again later.';
	return {
		refused: { message: `No server answers at the address of ${name}`, advice: checkPath },
		unknownHost: { message: `The host of ${name} is not known to the name service`, advice: checkPath },
		unreachable: { message: `No network path leads to ${name}`, advice: checkPath },
		certificate: {
			message: `${insecure}: its certificate was issued by an unknown authority`,
			advice: 'If a proxy of yours inspects connections, add its authority to NODE_EXTRA_CA_CERTS of n8n.',
		},
		certificateName: { message: `${insecure}: its certificate is for another host name`, advice: checkProxy },
		certificateTime: {
			message: `${insecure}: its certificate has expired or is not valid yet`,
			advice: 'Check the clock of n8n, and the certificate of any proxy that inspects connections.',
		},
		clientCertificate: {
			message: `${beginning} refused the connection: it requires a client certificate, or does not accept the one it got`,
			advice: checkProxy,
		},
		tls: { message: insecure, advice: checkPath },
		blocked: {
			message: `n8n's network rules do not allow requests to ${name}`,
			advice: 'Ask the administrator to allow its address (N8N_SSRF_ALLOWED_HOSTNAMES).',
		},
		timeout: { message: `${beginning} did not answer in time`, advice: later },
		closed: { message: `The connection was closed before the answer of ${name} was complete`, advice: later },
		tooLarge: { message: `The answer of ${name} is too large`, advice: later },
		cancelled: { message: 'The execution was cancelled', advice: 'Run the workflow again.' },
		unreadable: { code: 'PROTOCOL', message: `The answer is not one of ${name}`, advice: checkProxy },
		fromBetween: {
			code: 'UNAVAILABLE',
			message: `Something between n8n and ${name} answered in its place`,
			advice: 'Check the proxy or firewall between them; the token may be fine.',
		},
	};
}
