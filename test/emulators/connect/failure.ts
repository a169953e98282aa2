/** An answer other than success, in the words of real servers where they are known. */
export class ConnectFailure extends Error {
	constructor(
		readonly status: number,
		message: string,
		/** What the refused request was about, for the activity log. */
		readonly denied?: { readonly vaultId: string; readonly itemId?: string },
	) {
		super(message);
		this.name = 'ConnectFailure';
	}
}

const INLINE_ADVICE =
	'File is too large to inline in request. ' + 'Use the /v1/vaults/{vaultUUID}/items/{itemUUID}/files/{fileUUID}/content endpoint instead.';

export const failure = {
	badRequest: (message: string) => new ConnectFailure(400, message),
	invalidToken: () => new ConnectFailure(401, 'Invalid bearer token'),
	invalidSignature: () => new ConnectFailure(401, 'Invalid token signature'),
	invalidVaultId: (vaultId: string) => new ConnectFailure(400, 'Invalid Vault UUID', { vaultId }),
	invalidItemId: () => new ConnectFailure(400, 'Invalid Item UUID'),
	outOfScope: (vaultId: string, itemId?: string) =>
		new ConnectFailure(403, `Authorization: token does not have access to vault ${vaultId}`, target(vaultId, itemId)),
	notPermitted: (verb: string, vaultId: string, itemId?: string) =>
		new ConnectFailure(403, `Authorization: token does not have permission to perform ${verb} on vault ${vaultId}`, target(vaultId, itemId)),
	vaultNotFound: (vaultId: string) => new ConnectFailure(404, `vault ${vaultId} not found`),
	itemNotFound: (itemId: string) => new ConnectFailure(404, `item ${itemId} not found`),
	fileNotFound: (fileId: string) => new ConnectFailure(404, `file ${fileId} not found`),
	notAcceptable: (message: string) => new ConnectFailure(406, message),
	syncTimeout: () => new ConnectFailure(408, 'sync did not complete within timeout, please retry the request'),
	conflict: () => new ConnectFailure(409, 'Conflict: Internal server conflict.'),
	bodyTooLarge: () => new ConnectFailure(413, 'Request body is too large'),
	fileTooLarge: () => new ConnectFailure(413, INLINE_ADVICE),
	internal: () => new ConnectFailure(500, 'Something went wrong'),
	notEmulated: (what: string) => new ConnectFailure(501, `The emulator has no route for ${what}`),
};

function target(vaultId: string, itemId: string | undefined): { vaultId: string; itemId?: string } {
	return itemId === undefined ? { vaultId } : { vaultId, itemId };
}
