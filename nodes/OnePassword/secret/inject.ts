import { parseJsonTemplate, parseTextTemplate, type Template } from '../../shared/core/references/secretTemplate';
import { invalidInput } from '../../shared/core/errors/onePasswordError';
import type { Json } from '../../shared/core/json';
import { oneOf } from '../../shared/n8n/parameters/itemParameters';
import { requireText, type Parameters } from '../../shared/n8n/parameters/parameters';
import { optionsProperty } from '../../shared/n8n/properties/options';
import { minimumValidityOption, revealSecretsProperty } from '../../shared/n8n/properties/references';
import type { ConnectOperation } from '../connectResource';
import { describeSecret, readSecrets } from './secretOutput';

export const inject: ConnectOperation = {
	value: 'inject',
	name: 'Inject',
	action: 'Inject secrets into a template',
	description: 'Put the values of secret references into a text or JSON template',
	properties: [
		{
			displayName: 'Template Format',
			name: 'templateFormat',
			type: 'options',
			default: 'text',
			options: [
				{ name: 'JSON', value: 'json', description: 'References in texts are replaced; the result is always valid JSON' },
				{ name: 'Text', value: 'text', description: 'Values are put in as they are' },
			],
		},
		{
			displayName: 'Template',
			name: 'template',
			type: 'string',
			typeOptions: { rows: 6 },
			required: true,
			default: '',
			placeholder: 'e.g. postgres://app:op://Production/db/password@db:5432',
			description:
				'Text with references, bare or as {{ op://vault/item/field }}. With ?encode=… at its end, the value is escaped for a URL, JSON, a shell, or an .env file. In an expression, only bare references work, because n8n evaluates whatever is in braces.',
		},
		revealSecretsProperty,
		optionsProperty(minimumValidityOption),
	],
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

function readTemplate(parameters: Parameters): Template<Json> {
	const format = oneOf(parameters.value('templateFormat') ?? 'text', ['json', 'text'], 'Template Format');
	refuseEvaluated(parameters.source('template'));
	const template = parameters.value('template');
	if (typeof template === 'object' && template !== null) return parseJsonTemplate(toJson(template));
	const text = requireText(template, 'Template');
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

function toJson(template: unknown): unknown {
	try {
		// What an expression yields may hold dates and the like.
		return JSON.parse(typeof template === 'string' ? template : JSON.stringify(template)) as unknown;
	} catch {
		// The parser's own error quotes the template.
		throw invalidInput("'Template' is no JSON.", "Mend it, or set 'Template Format' to 'Text'.");
	}
}
