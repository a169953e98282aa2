import { runProgram, type FinishedProgram } from './childProcess';

export interface NpmOptions {
	cwd: string;
	/** The Node.js that runs npm and the scripts npm starts. Default: the one running this. */
	node?: { executable: string; folder: string };
	onOutput?: (text: string) => void;
	allowFailure?: boolean;
}

/** Runs npm with the Node.js asked for first on PATH, because npm's own children take `node` from there. */
export async function runNpm(args: readonly string[], options: NpmOptions): Promise<FinishedProgram> {
	const { node } = options;
	const path = node ? `${node.folder}${pathSeparator}${process.env['PATH'] ?? ''}` : process.env['PATH'];
	const env: NodeJS.ProcessEnv = { ...process.env, PATH: path };
	// Jest's and tsx's own settings are not meant for npm's children.
	delete env['NODE_OPTIONS'];
	delete env['NODE_ENV'];
	// Set by `npm run` from the repository's .npmrc, which must not reach an install elsewhere.
	delete env['npm_config_ignore_scripts'];
	const npmCli = process.env['npm_execpath'];
	const isJavaScript = npmCli !== undefined && /npm-cli\.c?js$/.test(npmCli);
	return await runProgram({
		command: isJavaScript ? (node?.executable ?? process.execPath) : 'npm',
		args: isJavaScript ? [npmCli, ...args] : args,
		env,
		cwd: options.cwd,
		...(options.onOutput ? { onOutput: options.onOutput } : {}),
		...(options.allowFailure ? { allowFailure: true } : {}),
	});
}

const pathSeparator = process.platform === 'win32' ? ';' : ':';
