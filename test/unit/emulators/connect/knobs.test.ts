import { describe, expect, it } from '@jest/globals';

import { parseKnobs } from '../../../emulators/connect/knobs';

describe('knobs from a command line', () => {
	it('are read by the types of their defaults', () => {
		expect(
			parseKnobs(['answerVersion=new', 'filterOr=false', 'contentVersionStep=3', 'replicas=[{"readLagMs":5}]', 'activity.requestIp=true']),
		).toEqual({
			answerVersion: 'new',
			filterOr: false,
			contentVersionStep: 3,
			replicas: [{ readLagMs: 5 }],
			activity: { requestIp: true },
		});
	});

	it.each([
		['nonsense=1', 'no knob nonsense'],
		['activity.nonsense=1', 'no knob activity.nonsense'],
		['activity=1', 'no knob activity'],
		['toString=1', 'no knob toString'],
		['filterOr=perhaps', 'perhaps is not a value for the knob filterOr'],
		['replicas=5', '5 is not a value for the knob replicas'],
		['answerVersion', 'Nothing is not a value for the knob answerVersion'],
	])('are refused: %s', (setting, message) => {
		expect(() => parseKnobs([setting])).toThrow(message);
	});
});
