import { parseJsonTemplate, parseTextTemplate, type Template } from '../../shared/core/references/secretTemplate';
import { invalidInput } from '../../shared/core/errors/onePasswordError';
import type { Json } from '../../shared/core/json';
import { choiceParameter } from '../../shared/n8n/parameters/choices';
import type { NodeParameters } from '../../shared/n8n/parameters/nodeParameters';
import { requiredText } from '../../shared/n8n/parameters/texts';
import { optionsProperty } from '../../shared/n8n/properties/options';
import type { ConnectOperation } from '../connectResource';
import { describeSecret, minimumValidityOption, readSecrets, revealSecrets } from './secretOutput';

const templateFormat = choiceParameter({
	displayName: 'Template Format',
	name: 'templateFormat',
	default: 'text',
	options: [
		{ name: 'JSON', value: 'json', description: 'References in texts are replaced; the result is always valid JSON' },
		{ name: 'Text', value: 'text', description: 'Values are inserted unchanged' },
	],
});

const template = requiredText({
	displayName: 'Template',
	name: 'template',
	typeOptions: { rows: 6 },
	required: true,
	placeholder: 'e.g. postgres://app:op://Production/db/password@db:5432',
	description:
		'Text with references, bare or as {{ op://vault/item/field }}. With ?encode=… at its end, the value is escaped for a URL, JSON, a shell, or an .env file. In an expression, only bare references work, because n8n evaluates everything in braces.',
});

export const inject: ConnectOperation = {
	value: 'inject',
	name: 'Inject',
	action: 'Inject secrets into a template',
	description: 'Put the values of secret references into a text or JSON template',
	properties: [templateFormat.property, template.property, revealSecrets.property, optionsProperty(minimumValidityOption)],
	async run(context) {
		const values = context.disclose.values();
		const { references, render } = readTemplate(context.parameters);
		const secrets = await readSecrets(context, values, references);
		return values.output({
			result: render(secrets.map(({ shown }) => shown)),
			references: secrets.map(({ resolved }, index) => describeSecret(references[index] ?? '', resolved)),
		});
	},
};

function readTemplate(parameters: NodeParameters): Template<Json> {
	const format = templateFormat.read(parameters);
	const { name } = template.property;
	refuseEvaluated(parameters.source(name));
	const given = parameters.value(name);
	if (typeof given === 'object' && given !== null) return parseJsonTemplate(toJson(given));
	const text = template.read(parameters);
	return format === 'text' ? parseTextTemplate(text) : parseJsonTemplate(toJson(text));
}

/** To JavaScript `op://…` is a label and a comment: the reference would vanish without a trace. */
function refuseEvaluated(source: unknown): void {
	if (typeof source !== 'string' || !/^=[^]*\{\{\s*op:\/\//.test(source)) return;
	throw invalidInput(
		"'Template' is an expression, in which n8n itself evaluates {{ op://… }}.",
		"Switch 'Template' to 'Fixed', or write the reference without braces.",
	);
}

function toJson(given: unknown): unknown {
	try {
		// What an expression yields may hold dates and the like.
		return JSON.parse(typeof given === 'string' ? given : JSON.stringify(given)) as unknown;
	} catch {
		// The parser's own error quotes the template.
		throw invalidInput("'Template' is not valid JSON.", "Fix it, or set 'Template Format' to 'Text'.");
	}
}
