import type { Field, FullItem, ItemUrl, Section, Vault } from '../../../nodes/shared/core/wire';
import type { Visit, Visitor } from './activityLog';
import type { Behaviour, BehaviourOptions } from './behaviour';
import type { Clock } from './clock';
import type { FaultScript } from './faults';
import type { IdSource } from './ids';
import type { Seed, SeedFile, SeedItem, SeedVault } from './seed';

export interface EmulatorOptions {
	/** Vaults and items to start with, and to return to at `reset()`. Default none. */
	readonly seed?: Seed;
	/** Default 0: any free port. */
	readonly port?: number;
	/** Default '127.0.0.1'. */
	readonly host?: string;
	/** Default the real one. */
	readonly clock?: Clock;
	/** Default `seededIds(1)`. */
	readonly ids?: IdSource;
	/** For generated values, in [0, 1). Default `seededRandom(1)`. */
	readonly random?: () => number;
	readonly behaviour?: BehaviourOptions;
	/** PEM texts; serves https. Default: http. */
	readonly tls?: {
		readonly key: string;
		readonly cert: string;
		/** PEM text. Clients need a certificate from this authority. Default: none needed. */
		readonly clientAuthority?: string;
	};
	/** Path in front of everything, e.g. '/connect', as behind a reverse proxy. Default ''. */
	readonly basePath?: string;
	/** The server's version: three numbers with dots. Default '1.8.1'. */
	readonly version?: string;
	/** Called when a request has been answered or aborted. Default nothing. */
	readonly onAnswer?: (request: RecordedRequest) => void;
}

export type Rights = 'r' | 'w' | 'rw';

export interface TokenGrant {
	/** Rights by vault id or name. Default: read and write on every vault, also on later ones. */
	readonly vaults?: Readonly<Record<string, Rights>>;
	/** Default false. */
	readonly expired?: boolean;
	/** Days until the token says that it expires. Default: never. */
	readonly expiresInDays?: number;
	readonly name?: string;
}

export interface RecordedRequest {
	/** When it came in, milliseconds since 1970. */
	readonly at: number;
	readonly method: string;
	/** As the client sent it, with base path and query. */
	readonly path: string;
	/** Template of the route, '' when no route fits. */
	readonly route: string;
	/** Of the response; 0 until there is one, or if the connection was closed before. */
	readonly status: number;
	readonly userAgent?: string;
	/** `jti` of the token, if it is one of this server's. */
	readonly tokenId?: string;
	/** Whether it changed vaults or items, even if the client didn't get a response. */
	readonly applied: boolean;
	/** Which of the replicas answered. */
	readonly replica: number;
	/** The parsed JSON (or the text, if it isn't JSON), parsed again at each access. Bodies above 1 MiB are not kept. */
	readonly body?: unknown;
}

/** Changes to an item as made in the apps: some members, or a function that changes the copy it gets or returns another. */
export type ItemEdit = SeedItem | ((item: EditableItem) => SeedItem | void);

export interface EditableItem {
	readonly id: string;
	readonly category: string;
	title?: string;
	favorite?: boolean;
	tags?: string[];
	urls?: ItemUrl[];
	sections?: Section[];
	fields: EditableField[];
	/** A file without content keeps what it had. */
	files?: SeedFile[];
	[member: string]: unknown;
}

export type EditableField = { -readonly [Member in keyof Field]: Field[Member] } & { [member: string]: unknown };

/** A row of the activity log: `jti` of the token, `userAgent`, `ip`, `atMs` since 1970, and what was done to what. */
export type ActivitySeed = Visit & Partial<Visitor>;

/**
 * Acts like a person in the 1Password apps and shows the actual state, which servers may not have caught up with. Vaults are
 * named by id or name. Unknown vaults and items throw.
 */
export interface Admin {
	vaults(): Vault[];
	vault(vault: string): Vault;
	/** Archived ones too. */
	items(vault: string): FullItem[];
	item(vault: string, itemId: string): FullItem;
	createVault(vault: SeedVault): Vault;
	editVault(vault: string, change: { name?: string; description?: string }): Vault;
	deleteVault(vault: string): void;
	createItem(vault: string, item: SeedItem): FullItem;
	editItem(vault: string, itemId: string, edit: ItemEdit): FullItem;
	archiveItem(vault: string, itemId: string): FullItem;
	restoreItem(vault: string, itemId: string): FullItem;
	/** As in the apps: a copy with a new id in the other vault, and the old one deleted. Returns the copy. */
	moveItem(vault: string, itemId: string, toVault: string): FullItem;
	deleteItem(vault: string, itemId: string): void;
	/** Adds rows to the activity log as if these clients had made these requests, oldest first. */
	logActivity(rows: readonly ActivitySeed[]): void;
	/** Drops every row, like a new server. */
	clearActivity(): void;
	/** Makes every replica current, regardless of its lag. */
	settle(): void;
	/** 1Password.com out of reach: health shows it, writes fail, and reads continue with existing data. */
	outage(on: boolean): void;
}

export interface ConnectEmulator {
	/** Base address, with the base path, without a slash at its end. */
	readonly url: string;
	/** May read and write every vault. */
	readonly token: string;
	/** @throws Error when a vault of the grant does not exist. */
	issueToken(grant?: TokenGrant): string;
	/** From now on the token gets 401. */
	revokeToken(token: string): void;
	/** Every request in order of arrival; a live list. */
	readonly requests: readonly RecordedRequest[];
	readonly faults: FaultScript;
	readonly admin: Admin;
	/** Live: changes count from the next request on. */
	readonly behaviour: Behaviour;
	/**
	 * Back to the seed, with the same ids. Also clears requests, faults, the activity log, outage and revocations, and
	 * sets the knobs back. Issued tokens stay.
	 */
	reset(): void;
	/** Breaks all connections at once. */
	close(): Promise<void>;
}
