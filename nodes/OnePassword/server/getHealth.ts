import { outcomeOf } from '../../shared/async/outcome';
import { reportHealth, requireHealth } from '../../shared/core/server/serverHealth';
import { switchParameter } from '../../shared/n8n/parameters/choices';
import { numberParameter } from '../../shared/n8n/parameters/numbers';
import { optionsProperty } from '../../shared/n8n/properties/options';
import type { ConnectOperation } from '../connectResource';

const warningDays = numberParameter({
	displayName: 'Warn Before Expiry (Days)',
	name: 'expiryWarningDays',
	minimum: 0,
	default: 14,
	description: "Days before the access token's expiry from which it counts as a problem",
});

const failOnProblem = switchParameter({
	displayName: 'Fail on Problem',
	name: 'failOnProblem',
	default: false,
	description:
		'Whether to fail, instead of returning a report, when the server cannot be reached, a dependency is not active, or the access token is refused or about to expire',
});

export const getHealth: ConnectOperation = {
	value: 'getHealth',
	name: 'Get Health',
	action: 'Get the health of the server',
	description: 'Check the Connect server, its dependencies, and the access token and its expiry',
	properties: [warningDays.property, failOnProblem.property, optionsProperty()],
	async run({ run, parameters, disclose }) {
		const { client, reads, effects } = run;
		const days = warningDays.read(parameters);
		const fail = failOnProblem.read(parameters);
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
