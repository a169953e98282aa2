import type { IDataObject } from 'n8n-workflow';

import { verifyChain } from '../../shared/core/audit/chain/verifyChain';
import type { SingleOutputOperation } from '../../shared/n8n/operations/operation';
import type { AuditContext } from '../auditContext';
import { switchParameter } from '../../shared/n8n/parameters/choices';
import { collectionParameter } from '../../shared/n8n/parameters/collections';
import { addedText, textParameter } from '../../shared/n8n/parameters/texts';
import { findEnd } from '../state/chainEnd';
import { addOpenEndHint } from '../hints';

const collector = textParameter({
	displayName: 'Collector Node',
	name: 'collector',
	placeholder: 'e.g. 1Password Audit Logger',
	description:
		'Name of the node in this workflow that has collected the rows: the last row that was confirmed to it must be among them. Empty: the only such node.',
});

const checkEnd = switchParameter({
	displayName: 'End of the Chain',
	name: 'checkEnd',
	default: true,
	description:
		'Whether to check that the last rows are not missing, by what the collecting node of this workflow remembers, also where this is not added. Turn it off to verify older rows only.',
});

const fromBeginning = switchParameter({
	displayName: 'From the Beginning',
	name: 'fromBeginning',
	default: true,
	description:
		'Whether the very first event that was chained must be among the rows, also where this is not added. Turn it off to verify a part of the rows that begins later.',
});

const lastHash = addedText({
	displayName: 'Last Hash',
	name: 'lastHash',
	placeholder: 'e.g. 9f86d081…',
	description:
		"Hash of the last row as it was kept elsewhere, such as in the output of 'Confirm Stored Events'; it counts instead of what the collecting node remembers",
});

const expectations = collectionParameter({
	displayName: 'Expectations',
	name: 'expectations',
	placeholder: 'Add Expectation',
	members: [collector, checkEnd, fromBeginning, lastHash],
});

export const verify: SingleOutputOperation<AuditContext> = {
	value: 'verify',
	name: 'Verify Chain',
	action: 'Verify the hash chain of stored events',
	description: 'Tell whether events with a hash chain are as they were written, and where they first are not',
	once: true,
	properties: [
		{
			displayName: 'Feed in the stored rows with all their columns, in any order. Nothing is sent anywhere.',
			name: 'verifyNotice',
			type: 'notice',
			default: '',
		},
		expectations.property,
	],
	run(context) {
		const { parameters, disclose, hint } = context;
		const expected = expectations.read(parameters);
		const hash = lastHash.read(expected)?.trim();
		const wantsEnd = checkEnd.read(expected) && hash === undefined;
		const end = wantsEnd ? findEnd(context, collector.read(expected).trim()) : undefined;
		const report = verifyChain(readRows(context), {
			fromBeginning: fromBeginning.read(expected),
			...(hash !== undefined && { lastHash: hash }),
			...(end !== undefined && { includes: end.lastHash }),
		});
		const endCheckedAgainst = hash === undefined ? (end?.nodeName ?? null) : lastHash.property.displayName;
		if (wantsEnd && end === undefined) addOpenEndHint(hint);
		return disclose.facts({ ...report, endCheckedAgainst });
	},
};

/** A node that always outputs data hands over one empty item in place of no rows. */
function readRows({ inputs }: AuditContext): IDataObject[] {
	const rows = inputs.map(({ json }) => json);
	const [first] = rows;
	return first !== undefined && rows.length === 1 && Object.keys(first).length === 0 ? [] : rows;
}
