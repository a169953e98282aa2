import type { CliExecution } from '../../test/e2e/support/n8nCli';
import { fieldValue, type DemoItem } from './connectApi';

export interface RotationReport {
	/** Lines for people. Labels only: never the value of a field. */
	lines: string[];
	succeeded: boolean;
}

/** Says what a rotation did, from the item before and after it and from the service's own answer about both keys. */
export async function reportRotation(issuerUrl: string, before: DemoItem, after: DemoItem): Promise<RotationReport> {
	const changed = labelsThatDiffer(before, after);
	const oldStatus = await whoAmI(issuerUrl, fieldValue(before, 'credential'));
	const newStatus = await whoAmI(issuerUrl, fieldValue(after, 'credential'));
	return {
		lines: [
			`  item      ${after.title}`,
			`  version   ${before.version} → ${after.version}`,
			`  changed   ${changed.join(', ') || 'nothing'}`,
			`  rotation  ${fieldValue(after, 'rotation ID')}: ${fieldValue(after, 'rotation state')}`,
			`  old key   ${verdict(oldStatus)}`,
			`  new key   ${verdict(newStatus)}`,
		],
		succeeded:
			after.version > before.version &&
			changed.join() === 'credential,key id' &&
			fieldValue(after, 'rotation state') === 'ended' &&
			oldStatus === 401 &&
			newStatus === 200,
	};
}

/** Why a run failed, in n8n's words; undefined when it did not. */
export function failureOf({ exitCode, run, log }: CliExecution): string | undefined {
	if (exitCode === 0) return undefined;
	const result = run?.data.resultData;
	if (!result?.error) return `n8n execute ended with ${exitCode}:\n${log.slice(-2_000)}`;
	const { message, description } = result.error;
	return `node "${result.lastNodeExecuted}" failed: ${message}${description ? ` (${description})` : ''}`;
}

/** Without the fields in which the rotation keeps what it has done. */
function labelsThatDiffer(before: DemoItem, after: DemoItem): string[] {
	const fields = [...(before.fields ?? []), ...(after.fields ?? [])].filter(({ section }) => section === undefined);
	const labels = new Set(fields.map(({ label }) => label ?? ''));
	return [...labels].filter((label) => fieldValue(before, label) !== fieldValue(after, label)).sort();
}

async function whoAmI(issuerUrl: string, key: string): Promise<number> {
	const response = await fetch(`${issuerUrl}/whoami`, { headers: { authorization: `Bearer ${key}` } });
	return response.status;
}

function verdict(status: number): string {
	const verb = status === 200 ? 'accepted' : 'refused';
	return `${verb} by the service (${status})`;
}
