import { verifyChain } from '../shared/core/audit/verifyChain';
import { toFlag, toText } from '../shared/n8n/parameters';
import type { AuditOperation } from './auditOperation';

export const verify: AuditOperation = {
	value: 'verify',
	name: 'Verify Chain',
	action: 'Verify the hash chain of stored events',
	description: 'Tell whether events with a hash chain are as they were written, and where they first are not',
	properties: [
		{
			displayName: 'Feed in the stored rows with all their columns, in any order. Nothing is sent anywhere.',
			name: 'verifyNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Expectations',
			name: 'expectations',
			type: 'collection',
			placeholder: 'Add Expectation',
			default: {},
			options: [
				{
					displayName: 'From the Beginning',
					name: 'fromBeginning',
					type: 'boolean',
					default: true,
					description: 'Whether the very first event that was chained must be among the rows',
				},
				{
					displayName: 'Last Hash',
					name: 'lastHash',
					type: 'string',
					default: '',
					placeholder: 'e.g. 9f86d081…',
					description:
						"Hash of the last row as it was kept elsewhere, such as in the output of 'Confirm Stored Events': only it tells that the last rows are missing",
				},
			],
		},
	],
	run({ node, parameters }) {
		const expectations = parameters.collection('expectations');
		const lastHash = toText(expectations.lastHash, 'Last Hash').trim();
		const rows = node.getInputData().map(({ json }) => json);
		const report = verifyChain(rows, {
			fromBeginning: toFlag(expectations.fromBeginning ?? false, 'From the Beginning'),
			...(lastHash !== '' && { lastHash }),
		});
		return { events: [report] };
	},
};
