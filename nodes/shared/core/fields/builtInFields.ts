/**
 * The fields that 1Password itself adds to an item of a category, by ID, with the labels shown in an English account. Labels
 * are in the account's language, IDs are not. This table lets an English name refer to the same field everywhere.
 */

import { isLoose } from './fieldName';
import type { Field, FullItem, Section } from '../wire';

/** `id = label; id = label | other label; …`, as in 1Password's item templates. A label that equals the ID is left out. */
const BUILT_IN: Readonly<Partial<Record<string, string>>> = {
	API_CREDENTIAL: 'username; credential; type; filename; validFrom = valid from; expires; hostname',
	BANK_ACCOUNT:
		'bankName = bank name; owner = name on account; accountType = type; routingNo = routing number; accountNo = ' +
		'account number; swift = SWIFT; iban = IBAN; telephonePin = PIN; branchPhone = phone; branchAddress = address',
	CREDIT_CARD:
		'cardholder = cardholder name; type; ccnum = number; cvv = verification number; expiry = expiry date; validFrom = ' +
		'valid from; bank = issuing bank; phoneLocal = phone (local); phoneTollFree = phone (toll free); phoneIntl = ' +
		'phone (intl); website; pin = PIN; creditLimit = credit limit; cashLimit = cash withdrawal limit; interest = ' +
		'interest rate; issuenumber = issue number',
	DATABASE: 'database_type = type; hostname = server; port; database; username; password; sid = SID; alias; options = ' + 'connection options',
	DRIVER_LICENSE:
		'fullname = full name; address; birthdate = date of birth; sex = gender | sex; height; number; class = license ' +
		'class; conditions = conditions / restrictions; state; country; expiry_date = expiry date',
	EMAIL_ACCOUNT:
		'pop_type = type; pop_username = username; pop_server = server; pop_port = port number; pop_password = password; ' +
		'pop_security = security; pop_authentication = auth method; smtp_server = SMTP server; smtp_port = port number; ' +
		'smtp_username = username; smtp_password = password; smtp_security = security; smtp_authentication = auth method; ' +
		"provider; provider_website = provider's website; phone_local = phone (local); phone_tollfree = phone (toll free)",
	IDENTITY:
		'firstname = first name; initial; lastname = last name; sex = gender | sex; birthdate = birth date; occupation; ' +
		'company; department; jobtitle = job title; address; defphone = default phone; homephone = home; cellphone = ' +
		'cell; busphone = business; username; reminderq = reminder question; remindera = reminder answer; email; website; ' +
		'icq = ICQ; skype; aim = AOL/AIM; yahoo = Yahoo; msn = MSN; forumsig = forum signature',
	LOGIN: 'username; password',
	MEDICAL_RECORD:
		'date; location; healthcareprofessional = healthcare professional; patient; reason = reason for visit; ' +
		'medication; dosage; notes = medication notes',
	MEMBERSHIP:
		'org_name = group; website; phone = telephone; member_name = member name; member_since = member since; ' +
		'expiry_date = expiry date; membership_no = member ID; pin = PIN',
	OUTDOOR_LICENSE: 'name = full name; valid_from = valid from; expires; game = approved wildlife; quota = maximum quota; state; ' + 'country',
	PASSPORT:
		'type; issuing_country = issuing country; number; fullname = full name; sex = gender | sex; nationality; ' +
		'issuing_authority = issuing authority; birthdate = date of birth; birthplace = place of birth; issue_date = ' +
		'issued on; expiry_date = expiry date',
	PASSWORD: 'password',
	REWARD_PROGRAM:
		'company_name = company name; member_name = member name; membership_no = member ID; pin = PIN; additional_no = ' +
		'member ID (additional); member_since = member since; customer_service_phone = customer service phone; ' +
		'reservations_phone = phone for reservations; website',
	SERVER:
		'url = URL; username; password; admin_console_url = admin console URL; admin_console_username = admin console ' +
		'username; admin_console_password = console password; name; website; support_contact_url = support URL; ' +
		'support_contact_phone = support phone',
	SOCIAL_SECURITY_NUMBER: 'name; number',
	SOFTWARE_LICENSE:
		'product_version = version; reg_code = license key; reg_name = licensed to; reg_email = registered email; ' +
		'company; download_link = download page; publisher_name = publisher; publisher_website = website; retail_price = ' +
		'retail price; support_email = support email; order_date = purchase date; order_number = order number; ' +
		'order_total = order total',
	SSH_KEY: 'public_key = public key; fingerprint; private_key = private key; key_type = key type',
	WIRELESS_ROUTER:
		'name = base station name; password = base station password; server = server / IP address; airport_id = AirPort ' +
		'ID; network_name = network name; wireless_security = wireless security; wireless_password = wireless network ' +
		'password; disk_password = attached storage password',
};

/** Every category has them. Their ID also serves as their label, in all languages. */
const NOTES = 'notesPlain = notesPlain | notes';

/** Sections of the templates, by ID. Sections that people add have IDs of another form. */
const SECTIONS: Readonly<Partial<Record<string, string>>> = {
	SMTP: 'SMTP',
	'Contact Information': 'Contact Information',
	address: 'Address',
	admin_console: 'Admin Console',
	branchInfo: 'Branch Information',
	contactInfo: 'Contact Information',
	customer: 'Customer',
	details: 'Additional Details',
	extra: 'More Information',
	hosting_provider_details: 'Hosting Provider',
	internet: 'Internet Details',
	medication: 'Medication',
	name: 'Identification',
	order: 'Order',
	publisher: 'Publisher',
};

const PURPOSES: Readonly<Partial<Record<string, string>>> = { NOTES: 'notesPlain', PASSWORD: 'password', USERNAME: 'username' };

type LabelsById = ReadonlyMap<string, readonly string[]>;

const LABELS: ReadonlyMap<string, LabelsById> = new Map(Object.entries(BUILT_IN).map(([category, fields]) => [category, parseLabels(fields)]));

const LABELS_OF_OTHERS = parseLabels();

function labelsOf(category: string): LabelsById {
	return LABELS.get(category) ?? LABELS_OF_OTHERS;
}

function parseLabels(fields = ''): LabelsById {
	const entries = `${NOTES}; ${fields}`.split(';').map((entry) => {
		const [id = '', labels = id] = entry.split('=').map((part) => part.trim());
		return [id, labels.split('|').map((label) => label.trim())] as const;
	});
	return new Map(entries.filter(([id]) => id !== ''));
}

/** Whether a field belongs to the item itself: it has a purpose, or it is outside any section. */
export function isOwnField(item: FullItem, field: Field): boolean {
	return Boolean(field.purpose) || isLoose(item, field);
}

/** @returns the English labels of a built-in field, the usual one first; empty for any other field. */
export function englishLabels(item: FullItem, field: Field): readonly string[] {
	const id = PURPOSES[field.purpose?.toUpperCase() ?? ''] ?? field.id;
	const labels = labelsOf(item.category).get(id);
	if (labels === undefined || isOwnField(item, field)) return labels ?? [];
	// A form field saved in a login can have any ID.
	const isForm = item.category === 'LOGIN' || item.category === 'PASSWORD' || id === 'notesPlain';
	return isForm || item.fields?.some((other) => other !== field && other.id === id) ? [] : labels;
}

/** Categories whose built-in fields are all outside sections in recorded items. */
const WITHOUT_SECTIONS: ReadonlySet<string> = new Set(['API_CREDENTIAL', 'DATABASE']);

/**
 * @returns the ID of the built-in field that a name outside sections refers to in a new item; `undefined` if uncertain.
 */
export function builtInId(category: string, name: string): string | undefined {
	if (!WITHOUT_SECTIONS.has(category)) return undefined;
	const wanted = foldWords(name);
	const found = [...labelsOf(category)].find(([id, labels]) => [id, ...labels].map(foldWords).includes(wanted));
	return found?.[0];
}

/** @returns the English name of one of 1Password's own sections. */
export function englishSection({ id = '' }: Section): string | undefined {
	return Object.hasOwn(SECTIONS, id) ? SECTIONS[id] : undefined;
}

/** @returns the name in a normalized form in which `valid from`, `Valid From` and `validFrom` are the same. */
export function foldWords(name: string): string {
	return name
		.normalize('NFC')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, '');
}
