/**
 * The knobs. Defaults are the awkward side of what real servers have been seen to do, so that a client which passes
 * here has met it. Knobs marked "guess" have no published source.
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
	/** That many first requests with a good token answer 408, as while the first sync runs. Default 0. */
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
	/** A PATCH path with an id that several fields have: the first of them (default), or 400. Guess. */
	repeatedFieldId: 'firstMatch' | 'refuse';
	/** What writes look at: 1Password.com's copy (default), or the lagging copy of the server that got the request. Guess. */
	patchBase: 'truth' | 'replica';
	/** How much a vault's contentVersion rises with each change. Default 1. Guess. */
	contentVersionStep: number;
	/** Minutes east of UTC of the server's zone, in which it reads YYYY-MM-DD dates. Default 0, range -720 to 840. */
	zoneOffsetMinutes: number;
	activity: ActivityBehaviour;
}

export interface Replica {
	/** Milliseconds after which a change at 1Password.com shows up on this server. */
	readLagMs: number;
}

/** All guesses, except the two spellings. */
export interface ActivityBehaviour {
	/** Default 'newestFirst'. */
	order: 'newestFirst' | 'oldestFirst';
	/** Most rows kept; older ones are dropped. Default 10000. */
	retention: number;
	/** What a list call leaves behind: one VAULT row (default), a row for each listed object, or nothing. */
	listEntries: 'vault' | 'perItem' | 'none';
	/** Whether reading the log is logged. Default false. */
	logsItself: boolean;
	/** Whose rows a token sees. Default 'allTokens'. */
	scope: 'allTokens' | 'callerOnly';
	/** Whether refused requests (403) leave a DENY row. Default true. */
	deniedShown: boolean;
	/** Larger `limit`s are cut down to this many rows. Default 1000. */
	maxLimit: number;
	/** `requestId` and `requestIp` (default), or `requestID` and `ip` as the documentation pages have it. */
	spelling: 'spec' | 'docs';
	/** `itemVersion` in the row of an update. Default 'new'. */
	itemVersionOnUpdate: 'new' | 'old';
}

export type BehaviourOptions = Partial<Omit<Behaviour, 'activity'>> & { activity?: Partial<ActivityBehaviour> };

/** No read lag and no write latency: for benches, and for tests about something else. */
export const NO_LAG: BehaviourOptions = { replicas: [{ readLagMs: 0 }], writeLatencyMs: 0 };

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
};

const ACTIVITY_DEFAULTS: ActivityBehaviour = {
	order: 'newestFirst',
	retention: 10_000,
	listEntries: 'vault',
	logsItself: false,
	scope: 'allTokens',
	deniedShown: true,
	maxLimit: 1_000,
	spelling: 'spec',
	itemVersionOnUpdate: 'new',
};
