/** n8n's HTTP helper for a node under test: the credential authenticates, and axios sends. */

import axios from 'axios';
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { authenticateConnectRequest } from '../../nodes/shared/connect/credential/authenticate';

export function connectHttp(credential: ICredentialDataDecryptedObject): (request: IHttpRequestOptions) => Promise<object> {
	return async (request) => {
		const { url, method, headers, body } = authenticateConnectRequest(credential, request);
		const answer = await axios.request({
			url,
			method,
			headers: headers as Record<string, string>,
			data: body,
			responseType: 'arraybuffer',
			validateStatus: () => true,
		});
		return { statusCode: answer.status, headers: answer.headers, body: answer.data as Buffer };
	};
}
