import { describe, expect, it } from '@jest/globals';

import { OnePasswordConnectApi } from '../../../../credentials/OnePasswordConnectApi.credentials';
import { OnePasswordEventsApi } from '../../../../credentials/OnePasswordEventsApi.credentials';
import { OnePasswordSecretHttpApi } from '../../../../credentials/OnePasswordSecretHttpApi.credentials';
import { CONNECT_CREDENTIAL, EVENTS_CREDENTIAL, SECRET_HTTP_CREDENTIAL } from '../../../../nodes/shared/n8n/services/credentialNames';

describe('the names of the credentials', () => {
	it('are those of their classes', () => {
		const names = [new OnePasswordConnectApi(), new OnePasswordEventsApi(), new OnePasswordSecretHttpApi()].map(({ name }) => name);
		expect([CONNECT_CREDENTIAL, EVENTS_CREDENTIAL, SECRET_HTTP_CREDENTIAL]).toEqual(names);
	});
});
