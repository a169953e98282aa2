import { failure } from '../failure';
import type { StoredField } from '../store/records';
import { normaliseValue } from './fieldValue';
import { typeOf } from './fieldTypes';
import type { JsonObject } from './json';
import { booleanAt, stringAt } from './json';
import { generateValue } from './passwordGenerator';
import type { Rules } from './rules';
import { BUILT_IN, isBuiltInPurpose, takesPurposes } from './template';

export interface FieldSurroundings {
	readonly category: string;
	/** A type that may stay as it is, though it cannot be written: the one that the field already has. */
	readonly keptType?: string;
}

/** A field as stored, without its section; members that cannot be written are left out. @throws ConnectFailure 400, 406 */
export function readField(raw: JsonObject, around: FieldSurroundings, rules: Rules): StoredField {
	const purpose = readPurpose(raw, around.category, rules);
	const builtIn = purpose && BUILT_IN[purpose];
	const type = builtIn?.type ?? storedType(typeOf(raw), around.keptType, rules);
	const label = stringAt(raw['label'], 'label') || builtIn?.id;
	const id = builtIn?.id ?? (stringAt(raw['id'], 'id') || newFieldId(type, rules));
	const given = stringAt(raw['value'], 'value');
	const generated = !given && booleanAt(raw['generate'], 'generate') === true;
	const value = generated ? generateValue(raw['recipe'], rules.random) : normaliseValue(type, given ?? '', rules.behaviour.zoneOffsetMinutes);
	return {
		id,
		type,
		...(purpose && { purpose }),
		...(label && { label }),
		...(value && { value }),
		...(generated && { passwordDetails: { generated } }),
	};
}

function readPurpose(raw: JsonObject, category: string, rules: Rules): keyof typeof BUILT_IN | undefined {
	const purpose = (stringAt(raw['purpose'], 'purpose') ?? '').toUpperCase();
	if (purpose === '') return undefined;
	if (!isBuiltInPurpose(purpose)) throw failure.badRequest('Invalid field purpose');
	if (purpose === 'NOTES' || takesPurposes(category)) return purpose;
	if (rules.behaviour.purposeElsewhere === 'drop') return undefined;
	throw failure.notAcceptable(`Items of category ${category} have no field for purpose ${purpose}`);
}

function storedType(type: string, keptType: string | undefined, rules: Rules): string {
	if (type === keptType) return type;
	return type === 'SSHKEY' && rules.behaviour.sshKeyOnPut === 'string' ? 'STRING' : type;
}

function newFieldId(type: string, rules: Rules): string {
	return type === 'OTP' ? `TOTP_${rules.ids.next()}` : rules.ids.next();
}
