/** Items in requests and responses: list rows, full items, fields and files. Types only. */

/** A known value, or any value that a newer server may send. */
export type Open<Known extends string> = Known | (string & {});

/** Field types that Connect documents as writable. */
export type WritableFieldType = 'STRING' | 'EMAIL' | 'CONCEALED' | 'URL' | 'OTP' | 'DATE' | 'MONTH_YEAR' | 'MENU';

/** Field types that servers return but don't accept, or would store as another type. */
export type ReadOnlyFieldType =
	'ADDRESS' | 'CREDIT_CARD_NUMBER' | 'CREDIT_CARD_TYPE' | 'FILE' | 'GENDER' | 'PHONE' | 'REFERENCE' | 'SSHKEY' | 'UNKNOWN';

export type FieldType = Open<WritableFieldType | ReadOnlyFieldType>;

export type FieldPurpose = Open<'' | 'USERNAME' | 'PASSWORD' | 'NOTES'>;

export type ItemCategory = Open<
	| 'API_CREDENTIAL'
	| 'BANK_ACCOUNT'
	| 'CREDIT_CARD'
	| 'CUSTOM'
	| 'DATABASE'
	| 'DOCUMENT'
	| 'DRIVER_LICENSE'
	| 'EMAIL_ACCOUNT'
	| 'IDENTITY'
	| 'LOGIN'
	| 'MEDICAL_RECORD'
	| 'MEMBERSHIP'
	| 'OUTDOOR_LICENSE'
	| 'PASSPORT'
	| 'PASSWORD'
	| 'REWARD_PROGRAM'
	| 'SECURE_NOTE'
	| 'SERVER'
	| 'SOCIAL_SECURITY_NUMBER'
	| 'SOFTWARE_LICENSE'
	| 'SSH_KEY'
	| 'WIRELESS_ROUTER'
>;

export interface ItemUrl {
	readonly label?: string;
	readonly primary?: boolean;
	readonly href: string;
}

/** A row of an item list: everything except fields, sections and files. */
export interface Item {
	readonly id: string;
	readonly title?: string;
	readonly vault: { readonly id: string };
	readonly category: ItemCategory;
	readonly urls?: readonly ItemUrl[];
	readonly favorite?: boolean;
	/** Servers return tags in alphabetical order. */
	readonly tags?: readonly string[];
	/** Starts at 1 and rises by one with every update. */
	readonly version?: number;
	/** Absent while the item is active; `normaliseItem` ensures that. */
	readonly state?: Open<'ARCHIVED' | 'DELETED'>;
	readonly createdAt?: string;
	readonly updatedAt?: string;
	readonly lastEditedBy?: string;
}

export interface Section {
	readonly id?: string;
	readonly label?: string;
}

export type CharacterSet = 'LETTERS' | 'DIGITS' | 'SYMBOLS';

export interface GeneratorRecipe {
	/** Characters, 1 to 64, default 32. */
	readonly length?: number;
	readonly characterSets?: readonly CharacterSet[];
	/** No character may occur twice. */
	readonly excludeCharacters?: string;
}

/** Not in the OpenAPI file; `history` contains former passwords and is as secret as the value. */
export interface PasswordDetails {
	readonly entropy?: number;
	readonly generated?: boolean;
	readonly strength?: string;
	readonly history?: readonly string[];
}

export interface Field {
	/** Empty if the server sent none. IDs can repeat within an item: a field is identified by its ID and section. */
	readonly id: string;
	readonly section?: Section;
	/** Default STRING; ask `typeOf`. */
	readonly type?: FieldType;
	readonly purpose?: FieldPurpose;
	/** A built-in field's label is in the account's language. */
	readonly label?: string;
	readonly value?: string;
	/** Request only: the server generates a value if none is given. */
	readonly generate?: boolean;
	/** Request only. */
	readonly recipe?: GeneratorRecipe;
	/** Bits; response only. */
	readonly entropy?: number;
	/** The current one-time password; response only, on fields of type OTP. */
	readonly totp?: string;
	readonly passwordDetails?: PasswordDetails;
}

export interface ItemFile {
	readonly id: string;
	readonly name: string;
	/** Bytes. */
	readonly size: number;
	/** With or without a leading slash, depending on the server's version. */
	readonly content_path?: string;
	readonly section?: Section;
	/** Base64; only if requested and small enough. */
	readonly content?: string;
}

export interface FullItem extends Item {
	readonly sections?: readonly Section[];
	readonly fields?: readonly Field[];
	readonly files?: readonly ItemFile[];
}

/** What POST and PUT accept: no ID, version or times. */
export type ItemDraft = Omit<FullItem, 'id' | 'fields' | 'version' | 'createdAt' | 'updatedAt'> & {
	readonly id?: string;
	readonly fields?: ReadonlyArray<Omit<Field, 'id' | 'type'> & { id?: string; type?: FieldType }>;
};
