import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from './childProcess';
import { findFreePort } from './freePort';
import { buildEnvironment, type EnvironmentOptions } from './n8nEnvironment';
import type { WorkflowDocument } from './n8nRest';
import type { CliRun } from './runData';

/** A credential in plain text, as `n8n import:credentials` takes it; n8n encrypts it on the way in. */
export interface PlainCredential {
	id: string;
	name: string;
	type: string;
	data: Record<string, unknown>;
}

export interface CliExecution {
	exitCode: number | null;
	/** Undefined when nothing ran: no such workflow, or n8n itself failed. */
	run: CliRun | undefined;
	/** The debug log of the command, without the run (which holds every value that the nodes put out). */
	log: string;
}

/** n8n's command line on the same user folder as a server, which may be running or not. */
export class N8nCli {
	private readonly logs: string[] = [];

	constructor(private readonly environment: Omit<EnvironmentOptions, 'port' | 'brokerPort'>) {}

	/** Everything that the commands of this object have printed or logged. */
	log(): string {
		return this.logs.join('');
	}

	/** Keeps the ids. Credentials belong to the owner of the instance. */
	async importCredentials(credentials: readonly PlainCredential[]): Promise<void> {
		await this.importFile('import:credentials', credentials);
	}

	/** Keeps the ids. Workflows arrive inactive. */
	async importWorkflows(workflows: readonly WorkflowDocument[]): Promise<void> {
		await this.importFile('import:workflow', workflows);
	}

	/** Runs a workflow from its manual trigger. */
	async executeByCli(workflowId: string): Promise<CliExecution> {
		const { exitCode, run, log } = await this.run(['execute', `--id=${workflowId}`, '--rawOutput']);
		return { exitCode, run, log };
	}

	/** Any command; does not throw when it fails. */
	async run(args: readonly string[]): Promise<CliExecution & { output: string }> {
		const env = buildEnvironment({
			...this.environment,
			port: await findFreePort(),
			brokerPort: await findFreePort(),
			// Commands print through the log: as JSON lines, one answer of many lines stays one entry.
			extra: { ...this.environment.extra, N8N_LOG_FORMAT: 'json' },
		});
		const { install, userFolder } = this.environment;
		const { exitCode, output } = await runProgram({
			command: install.node.executable,
			args: [install.entry, ...args],
			cwd: userFolder,
			env,
			allowFailure: true,
		});
		let run: CliRun | undefined;
		const logLines = output.split('\n').filter((line) => {
			const printed = readRun(line);
			run ??= printed;
			return printed === undefined;
		});
		const log = logLines.join('\n');
		this.logs.push(log);
		return { exitCode, run, log, output };
	}

	private async importFile(command: string, content: unknown): Promise<void> {
		// Holds secrets in plain text: outside the user folder, and gone as soon as n8n has read it.
		const folder = await mkdtemp(join(tmpdir(), 'n8n-import-'));
		const file = join(folder, 'import.json');
		try {
			await writeFile(file, JSON.stringify(content), { mode: 0o600 });
			const { exitCode, log } = await this.run([command, `--input=${file}`]);
			if (exitCode !== 0) throw new Error(`n8n ${command} ended with ${exitCode}:\n${log.slice(-3_000)}`);
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	}
}

/** The run that `n8n execute` prints as the message of a log entry, also when the run failed. */
function readRun(line: string): CliRun | undefined {
	if (!line.includes('resultData')) return undefined;
	try {
		const { message } = JSON.parse(line) as { message: string };
		const parsed = JSON.parse(message) as Partial<CliRun>;
		return parsed.data?.resultData ? (parsed as CliRun) : undefined;
	} catch {
		return undefined;
	}
}
