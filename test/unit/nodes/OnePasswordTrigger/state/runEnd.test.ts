import { expect, it } from '@jest/globals';

import { judgeRejection, judgeRun } from '../../../../../nodes/OnePasswordTrigger/state/runEnd';

const run = (status: string, resultData: object = {}, rest: object = {}): object => ({ status, data: { resultData }, ...rest });

it.each<[string, unknown, object]>([
	['a success', run('success', { lastNodeExecuted: 'Last' }), { verdict: 'delivered', onWorker: false }],
	['a success on a worker', run('success', {}, { jobId: '12' }), { verdict: 'delivered', onWorker: true }],
	['a workflow that waits', run('waiting'), { verdict: 'delivered', onWorker: false }],
	['a run that was stopped', run('canceled'), { verdict: 'delivered', onWorker: false }],
	['a node that failed', run('error', { lastNodeExecuted: 'Push', error: {} }), { verdict: 'failed', onWorker: false }],
	['a node that failed on a worker', run('error', { lastNodeExecuted: 'Push' }, { jobId: '12' }), { verdict: 'failed', onWorker: true }],
	['a stalled job', run('error', { error: { message: 'job stalled more than maxStalledCount' } }), { verdict: 'lost', onWorker: false }],
	['a worker without the package', run('error', { error: {} }, { jobId: '12' }), { verdict: 'lost', onWorker: true }],
	['a crash', run('crashed', { lastNodeExecuted: 'Push' }), { verdict: 'lost', onWorker: false }],
	['a run that is not over', run('running'), { verdict: 'lost', onWorker: false }],
	['a run without data', { status: 'error' }, { verdict: 'lost', onWorker: false }],
	['no run', undefined, { verdict: 'lost', onWorker: false }],
])('judges %s', (_what, ended, expected) => {
	expect(judgeRun(ended)).toEqual(expected);
});

it.each<[string, unknown, string]>([
	['stopped by a person', { reason: 'manual', extra: { executionId: '1' } }, 'delivered'],
	['stopped by its timeout', { reason: 'timeout', extra: { executionId: '1' } }, 'delivered'],
	['stopped as n8n shuts down', { reason: 'shutdown', extra: { executionId: '1' } }, 'lost'],
	['over before n8n looked for it', Object.assign(new Error('No active execution found'), { extra: { executionId: '1' } }), 'lost'],
	['refused by the database', new Error('The database is locked'), 'notStarted'],
	['refused without a word', undefined, 'notStarted'],
])('judges an execution that was %s', (_what, error, verdict) => {
	expect(judgeRejection(error)).toEqual({ verdict, onWorker: false });
});
