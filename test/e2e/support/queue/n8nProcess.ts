import { appendFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startProgram, type RunningProgram } from '../childProcess';
import type { N8nInstall } from '../n8nInstall';
import { GiveUp, waitFor } from '../waitFor';

export interface N8nProcessOptions {
	/** Of the process among the others: `worker-1`. */
	readonly name: string;
	/** Of n8n: `['worker', '--concurrency=5']`. */
	readonly command: readonly string[];
	/** The whole environment. */
	readonly env: NodeJS.ProcessEnv;
	readonly install: N8nInstall;
	/** Its user folder. */
	readonly folder: string;
	/** Gets one JSON object a line. */
	readonly logFile: string;
	/** Port that answers /healthz/readiness. */
	readonly port: number;
}

const START_TIMEOUT_MS = 240_000;

/** One process of an n8n that consists of several. */
export class N8nProcess {
	private program: RunningProgram | undefined;
	private ready: Promise<void> = Promise.resolve();
	private extra: Readonly<Record<string, string>> = {};

	constructor(private readonly options: N8nProcessOptions) {}

	get name(): string {
		return this.options.name;
	}

	get folder(): string {
		return this.options.folder;
	}

	get logFile(): string {
		return this.options.logFile;
	}

	get url(): string {
		return `http://localhost:${this.options.port}`;
	}

	isUp(): boolean {
		return this.program !== undefined && !this.program.hasExited();
	}

	/** Resolves when it takes work. `extra` is added to its environment, for all later starts too. */
	async start(extra: Readonly<Record<string, string>> = this.extra): Promise<void> {
		this.extra = extra;
		this.ready = this.startNow();
		await this.ready;
	}

	/** When the current start is complete. */
	async untilReady(): Promise<void> {
		await this.ready;
	}

	private async startNow(): Promise<void> {
		const { name, command, install, env, folder, logFile, port } = this.options;
		await mkdir(folder, { recursive: true });
		const program = startProgram({
			command: install.node.executable,
			args: [install.entry, ...command],
			cwd: folder,
			env: { ...env, ...this.extra },
			onOutput: (text) => appendFileSync(logFile, text),
		});
		this.program = program;
		await waitFor(
			async () => {
				if (program.hasExited()) throw new GiveUp(`${name} ended while starting:\n${program.output().slice(-4_000)}`);
				return (await fetch(`http://127.0.0.1:${port}/healthz/readiness`)).ok;
			},
			{ timeoutMs: START_TIMEOUT_MS, what: `${name} to become ready`, details: () => program.output().slice(-4_000) },
		);
	}

	/** SIGKILL. */
	async kill(): Promise<void> {
		await this.program?.kill();
		// A start that this interrupts doesn't matter.
		await this.ready.catch(() => undefined);
	}

	/** SIGTERM, as an orchestrator sends it; SIGKILL when it is still there after that. */
	async stop(graceMs = 45_000): Promise<void> {
		await this.program?.stop(graceMs);
	}

	/** Version of a community package in its folder; undefined where there is none. */
	async installedVersion(packageName: string): Promise<string | undefined> {
		const file = join(this.folder, '.n8n', 'nodes', 'node_modules', packageName, 'package.json');
		const text = await readFile(file, 'utf8').catch(() => undefined);
		return text === undefined ? undefined : (JSON.parse(text) as { version: string }).version;
	}

	/** Whether, as a worker, it has begun more executions than it has ended. */
	isBusy(): boolean {
		const count = (what: RegExp): number => this.output().match(what)?.length ?? 0;
		return count(/Worker started execution/g) > count(/Worker finished execution/g);
	}

	/** Since its last start. */
	output(): string {
		return this.program?.output() ?? '';
	}

	async log(): Promise<string> {
		return await readFile(this.logFile, 'utf8').catch(() => '');
	}
}
