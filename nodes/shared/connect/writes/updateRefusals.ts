/** Why an update is refused or can't be confirmed. */

import { OnePasswordError } from '../../core/errors/onePasswordError';
import type { FullItem } from '../../core/wire';

export function refuseOtherVersion(item: FullItem, expected: number | undefined): void {
	if (expected === undefined || item.version === expected) return;
	throw new OnePasswordError({
		code: 'VERSION_CONFLICT',
		message: `The item is at version ${item.version ?? 'unknown'}, not at the expected version ${expected}.`,
		advice: 'It was changed in the meantime, or Connect still shows an older version. Read the item again before you update it.',
		route: 'GET /v1/vaults/{vaultId}/items/{itemId}',
	});
}

export function wrongItem(): OnePasswordError {
	return new OnePasswordError({
		code: 'PROTOCOL',
		message: 'The server returned a different item after an update.',
		advice: 'Check the Connect server and any proxy in front of it.',
		route: 'PATCH /v1/vaults/{vaultId}/items/{itemId}',
		outcomeUnknown: true,
	});
}

export function notShown(lost: OnePasswordError): OnePasswordError {
	return new OnePasswordError({
		...lost.details,
		advice:
			'The update was sent once and is not sent again because it may have been done. Reads do not show it so far. Read the item before you repeat the update.',
	});
}
