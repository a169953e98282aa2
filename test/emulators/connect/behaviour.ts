/**
 * The knobs. Defaults are the awkward side of what real servers have been seen to do, so that a client that passes here can
 * handle it. Knobs marked "guess" have no published source.
 */
export interface Behaviour {
	/** Connect servers behind the one address; requests go round them in turn. Default one, lagging 150 ms. */
	replicas: Replica[];
	/** Version number in the answer to PUT and PATCH: the one before the write, or the new one. Default 'old'. */
	answerVersion: 'old' | 'new';
	/**
	 * Two writes at once to one vault. 'conflict' (default): the later one gets 409, or 500 if it is a DELETE.
	 * 'serialise': it waits.
	 */
	concurrentWrites: 'conflict' | 'serialise';
	/** Milliseconds a write takes, during which it can collide with another. Default 5. */
	writeLatencyMs: number;
	/** Milliseconds before any request is handled. Default 0. */
	latencyMs: number;
	/** Every n-th authorised read inside a vault answers 403. Default 0: never. */
	spuriousForbiddenEvery: number;
	/** This many first requests with a valid token answer 408, as during the first sync. Default 0. */
	syncOnFirstRequest: number;
	/** A vault that does not exist: 403 like one outside the token's scope (default), or 404. */
	scopeCheck: 'forbidden' | 'notFound';
	/** Letter case in vault filters. Default 'insensitive'. */
	vaultNameCase: 'sensitive' | 'insensitive';
	/** Letter case in item title filters; tags are always compared exactly. Default 'sensitive'. */
	itemTitleCase: 'sensitive' | 'insensitive';
	/** What POST and PUT store for a field of type SSHKEY; PATCH leaves it alone. Default 'string': the key is lost. */
	sshKeyOnPut: 'string' | 'keep';
	/** Whether tags come back in alphabetical order. Default true. */
	sortTags: boolean;
	/** Whether `content_path` starts with a slash. Default true. */
	contentPathSlash: boolean;
	/** Largest file that is sent inline, bytes. Default 102400. */
	inlineFileLimitBytes: number;
	/** Milliseconds after a file's creation during which its content answers 500. Default 0. */
	fileContentReadyMs: number;
	/** Archived items: not listed but found by id (default), listed, or 404. Guess. */
	archivedItems: 'hidden' | 'listed' | 'gone';
	/** A field whose section id the item does not have: make the section (default), 400, or leave the field out. Guess. */
	unknownSection: 'create' | 'reject' | 'drop';
	/** USERNAME or PASSWORD purpose outside LOGIN and PASSWORD items: 406 (default), or the purpose is left out. */
	purposeElsewhere: 'reject' | 'drop';
	/** Status for a PATCH path with an id that no field has. Default 400; 'ignore': the operation does nothing. Guess. */
	unknownFieldOnPatch: 400 | 404 | 'ignore';
	/** A PATCH path with an ID that several fields share: the first of them (default), or 400. Guess. */
	repeatedFieldId: 'firstMatch' | 'refuse';
	/** What writes look at: 1Password.com's copy (default), or the lagging copy of the server that got the request. Guess. */
	patchBase: 'truth' | 'replica';
	/** How much a vault's contentVersion rises with each change. Default 1. Guess. */
	contentVersionStep: number;
	/** Minutes east of UTC of the server's zone, in which it reads YYYY-MM-DD dates. Default 0, range -720 to 840. */
	zoneOffsetMinutes: number;
	/** A malformed vault ID: 400 (default), or 403 as for a vault outside the token's scope. Guess. */
	malformedVaultId: 400 | 403;
	/**
	 * Milliseconds after a write to an item during which deleting it answers 500. Default 0; recorded clients wait 400
	 * after a write and 1000 after a creation.
	 */
	deleteSettleMs: number;
	/** Times of items, vaults and log rows. Default 'seconds', as recorded: what happens in one second ties. */
	timePrecision: 'seconds' | 'milliseconds';
	/**
	 * Which answers carry `vault.name` and `additionalInformation`: items (default, as recorded since 2023), list rows as
	 * well, which is a guess, or none, as recorded in 2021.
	 */
	extraMembers: 'items' | 'itemsAndRows' | 'none';
	/** Built-in fields first, in the order of the category's template (default, as recorded), or where the client put them. */
	fieldOrder: 'template' | 'asSent';
	/** Built-in fields that a new item has although they are empty: all of its template (default), or notes only. */
	emptyBuiltIns: 'template' | 'notesOnly';
	/** Details of a password: only its history (default, as recorded), or strength and entropy too, as documented. */
	passwordDetails: 'historyOnly' | 'full';
	/** Item filters take `or` (default, as recorded), or one comparison only. */
	filterOr: boolean;
	/** Member names in items that are sent: camelCase (default), or snake_case as by 1.5.1 to 1.5.3. */
	memberNames: 'camelCase' | 'snake_case';
	/** Files in answers: right (default), `contentPath` as 1.5.4 sent it, or a wrong id and no name as 1.5.5 sent. */
	fileMembers: 'current' | '1.5.4' | '1.5.5';
	activity: ActivityBehaviour;
}

export interface Replica {
	/** Milliseconds after which a change at 1Password.com shows up on this server. */
	readLagMs: number;
}

export interface ActivityBehaviour {
	/** Default 'newestFirst', as recorded. */
	order: 'newestFirst' | 'oldestFirst';
	/** Most rows kept; older ones are dropped. Default 10000. Guess. */
	retention: number;
	/**
	 * What a list call leaves behind: one VAULT row (default), a row for each listed object, or nothing. Recorded for the
	 * list of vaults; for items it is a guess.
	 */
	listEntries: 'vault' | 'perItem' | 'none';
	/** Whether reading the log is logged. Default false, as recorded. */
	logsItself: boolean;
	/** Whose rows a token sees. Default 'allTokens'. Guess. */
	scope: 'allTokens' | 'callerOnly';
	/** Whether refused requests leave a DENY row. Default true, as recorded. */
	deniedShown: boolean;
	/**
	 * What a DENY row says about its target: the vault id as sent (default, as recorded), or type and item as well. Rows that
	 * are planted with an item keep it.
	 */
	deniedResource: 'vaultOnly' | 'full';
	/** Whether rows name the caller's address. Default false, as recorded; rows planted with an address keep it. */
	requestIp: boolean;
	/** Larger `limit`s are cut down to this many rows. Default 1000. Guess. */
	maxLimit: number;
	/** `requestId` and `requestIp` (default, as recorded), or `requestID` and `ip` as the documentation pages have it. */
	spelling: 'spec' | 'docs';
	/** Content-Range: rows and total (default, as documented), a total that is not known, or no header. Guess. */
	contentRange: 'full' | 'noTotal' | 'absent';
	/** `itemVersion` in the row of an update. Default 'new'. Guess. */
	itemVersionOnUpdate: 'new' | 'old';
}

export type BehaviourOptions = Partial<Omit<Behaviour, 'activity'>> & { activity?: Partial<ActivityBehaviour> };

/** No read lag and no write latency: for benches, and for tests about something else. */
export const NO_LAG: BehaviourOptions = { replicas: [{ readLagMs: 0 }], writeLatencyMs: 0 };

/** How long recorded clients wait: a second after a creation, 0.4 s between writes. For runs without time pressure. */
export const RECORDED_WAITS: BehaviourOptions = { replicas: [{ readLagMs: 1_000 }], deleteSettleMs: 400 };

/** A fresh, full set of knobs. */
export function behaviourFrom(options: BehaviourOptions = {}): Behaviour {
	const { activity, replicas, ...rest } = options;
	return {
		...SCALAR_DEFAULTS,
		...rest,
		replicas: structuredClone(replicas ?? [{ readLagMs: 150 }]),
		activity: { ...ACTIVITY_DEFAULTS, ...activity },
	};
}

const SCALAR_DEFAULTS: Omit<Behaviour, 'activity' | 'replicas'> = {
	answerVersion: 'old',
	concurrentWrites: 'conflict',
	writeLatencyMs: 5,
	latencyMs: 0,
	spuriousForbiddenEvery: 0,
	syncOnFirstRequest: 0,
	scopeCheck: 'forbidden',
	vaultNameCase: 'insensitive',
	itemTitleCase: 'sensitive',
	sshKeyOnPut: 'string',
	sortTags: true,
	contentPathSlash: true,
	inlineFileLimitBytes: 102_400,
	fileContentReadyMs: 0,
	archivedItems: 'hidden',
	unknownSection: 'create',
	purposeElsewhere: 'reject',
	unknownFieldOnPatch: 400,
	repeatedFieldId: 'firstMatch',
	patchBase: 'truth',
	contentVersionStep: 1,
	zoneOffsetMinutes: 0,
	malformedVaultId: 400,
	deleteSettleMs: 0,
	timePrecision: 'seconds',
	extraMembers: 'items',
	fieldOrder: 'template',
	emptyBuiltIns: 'template',
	passwordDetails: 'historyOnly',
	filterOr: true,
	memberNames: 'camelCase',
	fileMembers: 'current',
};

const ACTIVITY_DEFAULTS: ActivityBehaviour = {
	order: 'newestFirst',
	retention: 10_000,
	listEntries: 'vault',
	logsItself: false,
	scope: 'allTokens',
	deniedShown: true,
	deniedResource: 'vaultOnly',
	requestIp: false,
	maxLimit: 1_000,
	spelling: 'spec',
	contentRange: 'full',
	itemVersionOnUpdate: 'new',
};
