/** What a secret reference reads from its field or file, and whether that is secret. */

import { isConcealed } from '../disclosure/concealment';
import { sectionOf } from '../fields/fieldName';
import { typeOf as typeOfField } from '../fields/fieldTypes';
import { invalidInput, type OnePasswordError } from '../errors/onePasswordError';
import { holdsPrivateKey } from '../fields/secretContent';
import { toOpenSshKey } from './openSshKey';
import type { ReferenceTarget } from './referenceTarget';
import type { SecretReference } from './secretReference';
import type { Field, ItemFile, FullItem } from '../wire';

/** Everything about the field or file except its value. */
export interface TargetDescription {
	readonly kind: 'field' | 'file';
	readonly vaultId: string;
	readonly itemId: string;
	/** Of the field or file. */
	readonly id: string;
	/** Label of the field, name of the file. */
	readonly label: string;
	/** Label of its section, if it has one. */
	readonly section?: string;
	/** In lower case, such as `concealed`, `otp` or `file`. */
	readonly type: string;
}

export type Reading =
	| { readonly kind: 'text'; readonly value: string; readonly concealed: boolean }
	/** The one-time password that the field has at the moment. */
	| { readonly kind: 'otp'; readonly field: Field }
	| { readonly kind: 'contents'; readonly file: ItemFile };

export function describeTarget(item: FullItem, target: ReferenceTarget): TargetDescription {
	const member = target.kind === 'field' ? target.field : target.file;
	const section = sectionOf(item, member)?.label;
	return {
		kind: target.kind,
		vaultId: item.vault.id,
		itemId: item.id,
		id: member.id,
		label: target.kind === 'field' ? target.field.label || target.field.id : target.file.name,
		...(section && { section }),
		type: typeOf(target),
	};
}

/**
 * @param category of the item.
 * @throws OnePasswordError INVALID_INPUT if the reference asks for something the field or file doesn't have.
 */
export function planReading(target: ReferenceTarget, reference: SecretReference, category = ''): Reading {
	if (reference.sshFormat !== undefined) return readSshKey(target);
	const { attribute } = reference;
	if (attribute === 'type') return shown(typeOf(target));
	return target.kind === 'field' ? readField(target.field, attribute, category) : readFile(target.file, attribute);
}

function readField(field: Field, attribute: SecretReference['attribute'], category: string): Reading {
	switch (attribute) {
		case undefined:
		case 'value':
			return { kind: 'text', value: field.value ?? '', concealed: isConcealed(field, category) };
		case 'id':
			return shown(field.id);
		case 'purpose':
			return shown((field.purpose ?? '').toLowerCase());
		case 'otp':
			if (typeOfField(field) === 'OTP') return { kind: 'otp', field };
			throw invalidInput(
				`The attribute "otp" is for one-time password fields, but the field is of type ${typeOfField(field)}.`,
				"Use the item's one-time password field, or remove the attribute.",
			);
		default:
			throw notOf('fields', attribute);
	}
}

function readFile(file: ItemFile, attribute: SecretReference['attribute']): Reading {
	switch (attribute) {
		case undefined:
		case 'content':
			return { kind: 'contents', file };
		case 'id':
			return shown(file.id);
		case 'name':
			return shown(file.name);
		case 'size':
			return shown(String(file.size));
		default:
			throw notOf('files', attribute);
	}
}

function readSshKey(target: ReferenceTarget): Reading {
	if (target.kind === 'field' && isSshKey(target.field)) {
		return { kind: 'text', value: toOpenSshKey(target.field.value ?? ''), concealed: true };
	}
	throw invalidInput(
		'The query "ssh-format" is for the private key of an SSH key.',
		'Use the field "private key" of an SSH Key item, or remove the query.',
	);
}

/** Another client's PUT changes the field's type to text, or to one that Connect doesn't know. The key itself is kept. */
function isSshKey({ id, type, value = '' }: Field): boolean {
	if (type === 'SSHKEY' || id === 'private_key') return true;
	return (type === 'STRING' || type === 'UNKNOWN') && holdsPrivateKey(value);
}

function shown(value: string): Reading {
	return { kind: 'text', value, concealed: false };
}

function typeOf(target: ReferenceTarget): string {
	return target.kind === 'field' ? typeOfField(target.field).toLowerCase() : 'file';
}

function notOf(what: 'fields' | 'files', attribute: string): OnePasswordError {
	return invalidInput(
		`The attribute "${attribute}" does not exist for ${what}.`,
		`The attributes of ${what} are: ${what === 'fields' ? 'type, value, id, purpose, otp' : 'type, content, size, id, name'}.`,
	);
}
