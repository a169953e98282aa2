import { choiceParameter, switchParameter } from '../../shared/n8n/parameters/choices';
import { rowsParameter } from '../../shared/n8n/parameters/collections';
import { textParameter } from '../../shared/n8n/parameters/texts';
import { option } from '../../shared/n8n/properties/options';

export const ignoreOwn = option(
	switchParameter({
		displayName: 'Ignore Own Requests',
		name: 'ignoreOwn',
		default: true,
		description:
			"Whether to skip this node's own list requests to the Connect server, of this run and of earlier ones, made with the token of its credential",
	}),
);

export const lookUpNames = option(
	switchParameter({
		displayName: 'Look Up Names',
		name: 'lookUpNames',
		default: true,
		description:
			'Whether to add names of vaults and titles of items: on a Connect server one request for the vaults, and one for each vault that occurs',
	}),
);

export const outputFormat = option(
	choiceParameter({
		displayName: 'Output Format',
		name: 'format',
		default: 'flat',
		options: [
			{ name: 'Elastic Common Schema', value: 'ecs', description: 'Nested, for Elasticsearch and other SIEM systems' },
			{ name: 'Flat Rows', value: 'flat', description: 'The same columns in every row, for tables' },
		],
	}),
);

const tokenId = textParameter({
	displayName: 'ID of the Token',
	name: 'id',
	description: "As in the column 'tokenId'; not the token itself",
});

const tokenName = textParameter({ displayName: 'Name', name: 'name' });

/** Pairs of a token's ID and its name. */
export const tokenNames = option(
	rowsParameter({
		displayName: 'Token Names',
		name: 'tokenNames',
		placeholder: 'Add Token',
		description: "Your names for your access tokens, because Connect doesn't report names",
		row: 'Tokens',
		members: [tokenId, tokenName],
		readRow: (row) => [tokenId.read(row).trim(), tokenName.read(row)] as const,
	}),
);

/** Options of every operation that reads the log. */
export const batchOptions = [ignoreOwn, lookUpNames, outputFormat, tokenNames] as const;
