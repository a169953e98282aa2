type Plain = string | number | boolean | null | undefined;

/** Where an item, a field or a file of Connect keeps what may be secret, and by what an item is known. */
type Barred = 'fields' | 'vault' | 'value' | 'totp' | 'passwordDetails' | 'content';

/**
 * `T` itself where it is plain data about items, vaults or the server; `never` at each place where it is an item, a field or
 * a file as Connect sends it, or of a type that does not say what it contains (`object`, `unknown`).
 */
export type ValueFree<T> = T extends Plain
	? T
	: T extends ReadonlyArray<infer Member>
		? ReadonlyArray<ValueFree<Member>>
		: [keyof T] extends [never]
			? never
			: { readonly [K in keyof T]: K extends Barred ? never : ValueFree<T[K]> };
