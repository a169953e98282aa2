import { join } from 'node:path';
import { runProgram } from './childProcess';
import { ensureN8nInstalled } from './n8nInstall';

const REFUSE = "CREATE TRIGGER refuse_executions BEFORE INSERT ON execution_entity BEGIN SELECT RAISE(ABORT, 'refused'); END";
const ACCEPT = 'DROP TRIGGER refuse_executions';

const SCRIPT = `
const { Database } = require('sqlite3');
const [file, statement] = process.argv.slice(1);
const database = new Database(file);
database.configure('busyTimeout', 10000);
database.exec(statement, (error) => { if (error) { console.error(error.message); process.exit(1); } database.close(); });
`;

/**
 * Makes n8n's database reject new executions but keep everything else, which is what a crash between the two looks like from
 * outside. @returns a function that undoes it, which can be called while n8n is down.
 */
export async function refuseExecutions(userFolder: string): Promise<() => Promise<void>> {
	const { node, folder } = await ensureN8nInstalled();
	const execute = async (statement: string): Promise<void> => {
		await runProgram({
			command: node.executable,
			args: ['-e', SCRIPT, join(userFolder, '.n8n', 'database.sqlite'), statement],
			cwd: folder,
			env: { PATH: process.env['PATH'] },
		});
	};
	await execute(REFUSE);
	return async () => await execute(ACCEPT);
}
