import { spawn, type ChildProcess } from 'node:child_process';

/** A started program together with every process it started itself. */
export interface RunningProgram {
	readonly pid: number;
	/** Everything written to stdout and stderr so far, in order of arrival. */
	output(): string;
	stdout(): string;
	/** Exit code, or null when a signal ended it. */
	readonly exited: Promise<number | null>;
	hasExited(): boolean;
	/** SIGTERM to the group, SIGKILL when it is still there after `graceMs` (default 10 s). */
	stop(graceMs?: number): Promise<void>;
	/** SIGKILL to the group: what a power cut looks like from outside. */
	kill(): Promise<void>;
}

export interface ProgramOptions {
	command: string;
	args: readonly string[];
	env: NodeJS.ProcessEnv;
	cwd: string;
	/** Called with each chunk of output as it arrives. */
	onOutput?: (text: string) => void;
}

/**
 * Starts a program as the leader of its own process group, so that ending it also ends its children. A guard process ends
 * the group if this process ends without doing so, for any reason.
 */
export function startProgram(options: ProgramOptions): RunningProgram {
	const child = spawn(options.command, options.args, {
		cwd: options.cwd,
		env: options.env,
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const { pid } = child;
	if (pid === undefined) {
		// Without a listener the 'error' event that follows would end this process.
		child.on('error', () => undefined);
		throw new Error(`Could not start ${options.command}`);
	}
	const chunks: string[] = [];
	const outChunks: string[] = [];
	const keep = (text: string) => {
		chunks.push(text);
		options.onOutput?.(text);
	};
	child.stdout?.setEncoding('utf8').on('data', (text: string) => {
		outChunks.push(text);
		keep(text);
	});
	child.stderr?.setEncoding('utf8').on('data', keep);

	let ended = false;
	const releaseGuard = guardGroup(pid);
	const exited = new Promise<number | null>((resolve) => {
		// 'close', not 'exit': it comes after the last byte of output.
		child.on('close', (code) => {
			ended = true;
			// Processes of the group can outlive their leader; nothing may be left running.
			signalGroup(pid, 'SIGKILL');
			releaseGuard();
			resolve(code);
		});
	});

	return {
		pid,
		exited,
		output: () => chunks.join(''),
		stdout: () => outChunks.join(''),
		hasExited: () => ended,
		async stop(graceMs = 10_000) {
			if (ended) return;
			signalGroup(pid, 'SIGTERM');
			const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), graceMs);
			await exited;
			clearTimeout(timer);
		},
		async kill() {
			if (ended) return;
			signalGroup(pid, 'SIGKILL');
			await exited;
		},
	};
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
	try {
		process.kill(-pid, signal);
	} catch {
		// The group is gone already.
	}
}

const GUARD_SCRIPT = `
const group = -Number(process.argv[1]);
process.stdin.on('data', () => process.exit());
process.stdin.on('close', () => { try { process.kill(group, 'SIGKILL'); } catch {} process.exit(); });
`;

/** The guard reads a pipe of ours: it closes when we end, even by SIGKILL; a byte on it releases the guard. */
function guardGroup(pid: number): () => void {
	const guard: ChildProcess = spawn(process.execPath, ['-e', GUARD_SCRIPT, String(pid)], {
		detached: true,
		stdio: ['pipe', 'ignore', 'ignore'],
		env: {},
	});
	guard.unref();
	guard.on('error', () => undefined);
	guard.stdin?.on('error', () => undefined);
	return () => guard.stdin?.end('.');
}

export interface FinishedProgram {
	exitCode: number | null;
	stdout: string;
	output: string;
}

/** Runs a program to its end; throws with the end of its output when it fails, unless `allowFailure`. */
export async function runProgram(options: ProgramOptions & { allowFailure?: boolean }): Promise<FinishedProgram> {
	const program = startProgram(options);
	const exitCode = await program.exited;
	const output = program.output();
	if (exitCode !== 0 && !options.allowFailure) {
		throw new Error(`${options.command} ${options.args.join(' ')} ended with ${exitCode}:\n${output.slice(-4_000)}`);
	}
	return { exitCode, stdout: program.stdout(), output };
}
