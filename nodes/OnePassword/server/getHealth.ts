import type { INodeProperties } from 'n8n-workflow';

import { outcomeOf } from '../../shared/async/outcome';
import { reportHealth, requireHealth } from '../../shared/core/server/serverHealth';
import { toWholeNumber } from '../../shared/n8n/parameters/parameters';
import { optionsProperty } from '../../shared/n8n/properties/options';
import type { ConnectOperation } from '../connectResource';

const DEFAULT_WARNING_DAYS = 14;

const warningDays: INodeProperties = {
	displayName: 'Warn Before Expiry (Days)',
	name: 'expiryWarningDays',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: DEFAULT_WARNING_DAYS,
	description: "Days before the access token's expiry from which it counts as a problem",
};

const failOnProblem: INodeProperties = {
	displayName: 'Fail on Problem',
	name: 'failOnProblem',
	type: 'boolean',
	default: false,
	description:
		'Whether to fail, instead of returning a report, when the server cannot be reached, a dependency is not active, or the access token is refused or about to expire',
};

export const getHealth: ConnectOperation = {
	value: 'getHealth',
	name: 'Get Health',
	action: 'Get the health of the server',
	description: 'Check the Connect server, its dependencies, and the access token and its expiry',
	properties: [warningDays, failOnProblem, optionsProperty()],
	async run({ run, parameters, disclose }) {
		const { client, reads, effects } = run;
		const days = toWholeNumber(parameters.value('expiryWarningDays'), 'Warn Before Expiry (Days)', 0) ?? DEFAULT_WARNING_DAYS;
		const fail = parameters.flag('failOnProblem', 'Fail on Problem');
		const health = await outcomeOf(client.health());
		const startedAt = effects.now();
		const latencyMs = health.ok && (await outcomeOf(client.heartbeat())).ok ? effects.now() - startedAt : undefined;
		const vaults = await outcomeOf(reads.vaults());
		const report = reportHealth(
			{
				server: health.ok ? health.value : health.error,
				latencyMs,
				vaults: vaults.ok ? vaults.value.length : vaults.error,
				token: run.tokenInfo,
			},
			effects.now(),
			days,
		);
		if (fail) requireHealth(report);
		return disclose.facts(report);
	},
};
