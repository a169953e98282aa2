import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { NO_LAG, startConnectEmulator, type ConnectEmulator } from '../emulators/connect';
import { toMarkdown } from './report/markdown';
import type { Question } from './report/question';
import { CHAPTERS, survey, type Findings } from './report/survey';
import type { ServerAddress } from './running/http';
import { send } from './running/http';
import { REAL_SERVER } from './running/realServer';

jest.setTimeout(180_000);

const VAULT = 'Scratch';

interface Awkward {
	readonly knobs: readonly string[];
	/** Expected results of the report, by question ID. */
	readonly answers: Readonly<Record<string, string>>;
}

/** Three servers that differ in every knob that allows it. */
const SERVERS: Readonly<Record<string, Awkward>> = {
	'as recorded': {
		// Long enough for two writes of a busy machine to meet.
		knobs: ['replicas=[{"readLagMs":60}]', 'writeLatencyMs=60'],
		answers: {
			patchVersion: 'old',
			putVersion: 'old',
			writesAtOnce: '200 and 409',
			conflictActed: 'no',
			earlyDelete: '204',
			newSection: 'the section is made, with its label',
			removeMissing: 'refused with 400',
			builtInByLabel: 'stands beside an empty built-in field',
			sshKey: 'turned into STRING',
			tags: 'yes',
			totp: 'is the code of the moment',
			titleCase: 'finds nothing',
			vaultCase: 'finds it',
			filterOr: 'finds it',
			filterAnd: 'refused with 400',
			strangeVault: '403; speaks of permission: no',
			malformedVault: '400; speaks of permission: no',
			contentStep: '1, 1, 1',
			itemCount: 'yes',
			logOrder: 'newest first',
			contentRange: 'first-last/total',
			logsItself: 'no',
			listRows: 'one',
			deniedRows: 'DENY, without a type, the vault ID as sent, item: no',
			malformedRows: 'DENY, without a type, the vault ID as sent, item: no',
			rowMembers: '`requestId`, no address',
			updateVersion: 'the new one',
			largestLimit: 'all there are',
			times: 'whole seconds',
			memberNames: 'camelCase',
			vaultName: 'yes, no',
			additionalInformation: 'yes, the first line of the note; no',
			passwordDetails: 'history',
			fieldOrder: 'USERNAME, NOTES',
			emptyBuiltIns: '8; English',
		},
	},
	'that says more': {
		knobs: [
			...['answerVersion=new', 'concurrentWrites=serialise', 'unknownSection=drop', 'unknownFieldOnPatch=404', 'sshKeyOnPut=keep'],
			...['sortTags=false', 'itemTitleCase=insensitive', 'vaultNameCase=sensitive', 'scopeCheck=notFound', 'malformedVaultId=403'],
			...['contentVersionStep=3', 'timePrecision=milliseconds', 'extraMembers=itemsAndRows', 'passwordDetails=full'],
			...['activity.listEntries=perItem', 'activity.logsItself=true', 'activity.deniedResource=full', 'activity.requestIp=true'],
			...['activity.maxLimit=60', 'replicas=[{"readLagMs":0}]'],
		],
		answers: {
			patchVersion: 'new',
			putVersion: 'new',
			writesAtOnce: '200 and 200',
			conflictActed: 'no write was answered with 409',
			newSection: 'the field is missing afterwards',
			removeMissing: 'refused with 404',
			sshKey: 'kept',
			tags: 'no',
			titleCase: 'finds it',
			vaultCase: 'finds nothing',
			strangeVault: '404; speaks of permission: no',
			malformedVault: '403; speaks of permission: no',
			contentStep: '3, 3, 3',
			logsItself: 'yes',
			listRows: 'one for each item',
			malformedRows: 'DENY, with a type, the vault ID as sent, item: no',
			rowMembers: '`requestId`, `requestIp`',
			largestLimit: '60, although there are more',
			times: 'have fractions of a second',
			vaultName: 'yes, yes',
			additionalInformation: 'yes, the first line of the note; yes, the first line of the note',
			passwordDetails: 'entropy, generated, history, strength',
		},
	},
	'of another age': {
		knobs: [
			// Long enough for the deletion of a busy machine to come early.
			...['deleteSettleMs=600', 'unknownSection=reject', 'unknownFieldOnPatch=ignore', 'filterOr=false', 'extraMembers=none'],
			...['fieldOrder=asSent', 'emptyBuiltIns=notesOnly', 'memberNames=snake_case', 'spuriousForbiddenEvery=50'],
			...['activity.order=oldestFirst', 'activity.spelling=docs', 'activity.contentRange=noTotal', 'activity.deniedShown=false'],
			...['activity.listEntries=none', 'activity.requestIp=true', 'activity.itemVersionOnUpdate=old', 'activity.retention=190'],
		],
		answers: {
			earlyDelete: '500',
			newSection: 'refused with 400',
			removeMissing: 'accepted',
			builtInByLabel: 'stands alone, there is no built-in field',
			filterOr: 'refused with 400',
			logOrder: 'oldest first',
			contentRange: 'first-last/*',
			listRows: 'none',
			deniedRows: 'none',
			rowMembers: '`requestID`, `ip`',
			updateVersion: 'the old one',
			oldestRow: 'cannot be told without a total',
			memberNames: 'snake_case',
			vaultName: 'no, no',
			additionalInformation: 'no; no',
			fieldOrder: 'PASSWORD, the own one',
			emptyBuiltIns: '1; no field credential',
		},
	},
};

/** An emulator started by hand. */
class OtherProcess {
	private constructor(
		private readonly child: ChildProcess,
		readonly address: ServerAddress,
	) {}

	static async start(knobs: readonly string[]): Promise<OtherProcess> {
		const root = path.resolve(__dirname, '..', '..');
		const args = ['--import', 'tsx', path.join(root, 'test/emulators/connect/main.ts'), '--port', '0', ...knobs.flatMap((knob) => ['--knob', knob])];
		const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
		const address = await new Promise<ServerAddress>((resolve, reject) => {
			let said = '';
			// Read to the end: a full pipe would stop the emulator.
			for (const stream of [child.stdout, child.stderr]) {
				stream.on('data', (text: Buffer) => {
					said += text.toString();
					const [, url, token] = /^url +(\S+)\ntoken +(\S+)\nvaults/.exec(said) ?? [];
					if (url !== undefined && token !== undefined) resolve({ url, token });
				});
			}
			child.on('exit', () => reject(new Error(`The emulator did not start: ${said}`)));
		});
		return new OtherProcess(child, address);
	}

	async stop(): Promise<void> {
		if (this.child.exitCode !== null) return;
		const ended = once(this.child, 'exit');
		this.child.kill('SIGKILL');
		await ended;
	}
}

const describeOnEmulator = REAL_SERVER ? describe.skip : describe;

function answersOf({ chapters }: Findings): Record<string, string> {
	return Object.fromEntries(chapters.flatMap(({ answers }) => answers.map(({ question, answer }) => [question.id, answer])));
}

describeOnEmulator('the report on an emulator in another process', () => {
	const running = new Map<string, { other: OtherProcess; findings: Promise<Findings> }>();
	// All at once, since most of their time is waiting.
	beforeAll(async () => {
		await Promise.all(
			Object.entries(SERVERS).map(async ([name, { knobs }]) => {
				const other = await OtherProcess.start(knobs);
				running.set(name, { other, findings: survey(other.address, { vault: VAULT }) });
			}),
		);
		await Promise.allSettled([...running.values()].map(async ({ findings }) => await findings));
	});
	afterAll(async () => await Promise.all([...running.values()].map(async ({ other }) => await other.stop())));

	describe.each(Object.entries(SERVERS))('%s', (name, { answers }) => {
		let other: OtherProcess;
		let findings: Findings;
		beforeAll(async () => {
			const run = running.get(name);
			if (run === undefined) throw new Error('The emulator did not start.');
			[other, findings] = [run.other, await run.findings];
		});

		it('answers according to the knobs', () => {
			expect(answersOf(findings)).toMatchObject(answers);
		});

		it('answers every question', () => {
			const found = answersOf(findings);
			const all = CHAPTERS.flatMap(({ questions }) => questions.map(({ id }) => id));
			expect(Object.keys(found)).toEqual(all);
			expect(Object.values(found).filter((answer) => answer.startsWith('not answered'))).toEqual([]);
		});

		it('leaves no item behind', async () => {
			const { body: vaults } = await send<Array<{ id: string; name: string; items: number }>>(other.address, {
				method: 'GET',
				path: '/v1/vaults',
			});
			expect(vaults.find(({ name }) => name === VAULT)?.items).toBe(0);
		});

		it('is Markdown that contains no server, vault, item or value', () => {
			const report = toMarkdown(findings);
			const { host, port } = new URL(other.address.url);
			for (const text of [host, port, other.address.token, VAULT, 'conformance-suite', 'JBSWY3DP', ...findings.confidential])
				expect(report).not.toContain(text);
			expect(report).not.toMatch(/\b[a-z2-7]{26}\b/);
			expect(report).toMatch(/^- Connect: 1\.8\.1$/m);
			expect(report.match(/^\| .* \| `\w+` \| .+ \|$/gm)).toHaveLength(Object.keys(answersOf(findings)).length);
		});
	});

	it('distinguishes the servers by every question that a knob answers', () => {
		const [first, ...others] = Object.values(SERVERS).map(({ answers }) => answers);
		for (const answers of others)
			for (const [id, answer] of Object.entries(answers)) if (first?.[id] !== undefined) expect([id, first[id]]).not.toEqual([id, answer]);
	});
});

describeOnEmulator('a report that is disturbed', () => {
	let emulator: ConnectEmulator;
	afterEach(async () => await emulator.close());

	const run = async (ask: Question['ask'], signal?: AbortSignal) => {
		emulator = await startConnectEmulator({ seed: { vaults: [{ name: VAULT }] }, behaviour: NO_LAG });
		const questions = [
			{ id: 'broken', text: 'Broken', ask },
			{ id: 'next', text: 'Next', ask: async () => await Promise.resolve('seen') },
		];
		return await survey(emulator, { vault: VAULT, chapters: [{ title: 'Test', questions }], ...(signal && { signal }) });
	};

	it('removes its items and continues after a failed question, without repeating the error text', async () => {
		const findings = await run(async (lab) => {
			await lab.create();
			throw new Error(`secret of ${lab.vault.id}`);
		});
		expect(answersOf(findings)).toEqual({ broken: 'not answered: the request or its answer was broken', next: 'seen' });
		expect(emulator.admin.items(VAULT)).toEqual([]);
		expect(emulator.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	it('also removes an item whose creation got no response', async () => {
		await run(async (lab) => {
			emulator.faults.script({ kind: 'resetBeforeHeaders', match: { method: 'POST' } });
			await lab.create();
			return '';
		});
		expect(emulator.requests.filter(({ method, applied }) => method === 'POST' && applied)).toHaveLength(1);
		expect(emulator.admin.items(VAULT)).toEqual([]);
	});

	it('asks nothing more when stopped, and removes its items', async () => {
		const stop = new AbortController();
		const findings = await run(async (lab) => {
			await lab.create();
			stop.abort();
			return 'seen';
		}, stop.signal);
		expect(answersOf(findings)).toEqual({ broken: 'seen' });
		expect(emulator.admin.items(VAULT)).toEqual([]);
	});

	it('is not written if an answer would contain confidential data', async () => {
		const findings = await run(async (lab) => await Promise.resolve(`seen in ${lab.vault.name}`));
		expect(() => toMarkdown(findings)).toThrow('The report is not written');
	});
});
