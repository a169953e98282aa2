/**
 * The types of the package's credentials. The classes in `credentials` and the description of the trigger write them out, as
 * n8n's linter reads them there; a test keeps them equal.
 */

export const CONNECT_CREDENTIAL = 'onePasswordConnectApi';
export const EVENTS_CREDENTIAL = 'onePasswordEventsApi';
export const SECRET_HTTP_CREDENTIAL = 'onePasswordSecretHttpApi';
