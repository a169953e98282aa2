/** What stands between n8n and a server answers in place of it: pages and JSON of products in wide use, without their names. */

export const GATEWAY_ANSWERS: ReadonlyArray<readonly [what: string, status: number, body: string]> = [
	['the page of a login proxy', 401, '<html><head><title>Sign in</title></head><body><form method="post"></form></body></html>'],
	['the page of an access service', 403, '<!DOCTYPE html><html><body><h1>Access denied</h1></body></html>'],
	['the page of a firewall', 403, '<html><body>The request was rejected. Your support ID is 1234.</body></html>'],
	['the JSON of an API gateway', 401, '{"message":"Unauthorized"}'],
	['the JSON of another API gateway', 403, '{"message":"Missing Authentication Token"}'],
	['the JSON of a framework', 401, '{"timestamp":"2026-01-01T00:00:00Z","status":401,"error":"Unauthorized","message":"","path":"/v1/vaults"}'],
	['the JSON of a content network', 403, '{"success":false,"errors":[{"code":10000,"message":"Authentication error"}]}'],
	['an error of OAuth', 401, '{"error":"invalid_token","error_description":"expired"}'],
	['a status that is not its own', 403, '{"status":401,"message":"Invalid bearer token"}'],
	['a text', 401, 'Unauthorized'],
	['nothing', 403, ''],
	['a proxy that wants to know who asks', 407, ''],
	['a conflict that is not of the server', 409, 'Conflict'],
	['a network that wants a sign-in', 511, '<html></html>'],
	['a content network without its server', 522, 'error code: 522'],
];
