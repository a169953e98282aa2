import type { OPConnect } from '@1password/connect';

import type { Desk } from '../running/desk';

export interface Stage {
	readonly client: OPConnect;
	readonly desk: Desk;
}

export type Check = ((stage: Stage) => Promise<void>) & { readonly emulatorOnly?: boolean };

/** Sentences about each of these methods. */
export type Exercises<Methods extends keyof OPConnect> = Readonly<Record<Methods, Readonly<Record<string, Check>>>>;

/** For what no API call can set up. */
export function onEmulator(check: (stage: Stage) => Promise<void>): Check {
	return Object.assign(check, { emulatorOnly: true });
}

/** A title that the SDK can send: it does not encode what it puts into filters. */
export { ownTitle } from '../running/mark';
