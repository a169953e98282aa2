import type { Endpoint } from '../exchange';
import { json } from '../exchange';
import { failure } from '../failure';

const DEFAULT_LIMIT = 50;

export const getActivity: Endpoint = (state, exchange, grant) => {
	const limit = countOf(exchange.query.get('limit'), DEFAULT_LIMIT, 1);
	const offset = countOf(exchange.query.get('offset'), 0, 0);
	const page = state.activity.page(limit, offset, grant.jti);
	return json(page.rows, {
		headers: page.range === undefined ? {} : { 'Content-Range': page.range },
		visits: state.behaviour.activity.logsItself ? [{ action: 'READ' }] : [],
	});
};

// That a bad number is refused is a guess.
function countOf(text: string | null, fallback: number, least: number): number {
	if (text === null || text === '') return fallback;
	const count = Number(text);
	if (!/^\d+$/.test(text) || count < least) throw failure.badRequest('Invalid pagination parameter');
	return count;
}
