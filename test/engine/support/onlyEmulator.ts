/** Proves that a test only contacts this machine. */

import nock from 'nock';

/** @returns the hosts that were contacted; a live set. */
export function allowOnlyThisMachine(): ReadonlySet<string> {
	const hosts = new Set<string>();
	const note = ({ host = 'unknown' }: { host?: string }): void => void hosts.add(host.replace(/:\d+$/, ''));
	beforeAll(() => {
		nock.disableNetConnect();
		nock.enableNetConnect('127.0.0.1');
		// Emitted for every request that is not answered by nock itself, let through or not.
		nock.emitter.on('no match', note);
	});
	afterAll(() => {
		nock.emitter.off('no match', note);
		nock.enableNetConnect();
		nock.restore();
	});
	return hosts;
}
