import { describe, expect, it } from '@jest/globals';

import { parseTime, requireTimeZone } from '../../../../nodes/shared/core/time/zonedTime';

describe('a time', () => {
	it.each([
		['2026-01-31T18:00:00Z', 'Europe/Zurich', '2026-01-31T18:00:00.000Z'],
		['2026-01-31T18:00:00+02:00', 'UTC', '2026-01-31T16:00:00.000Z'],
		['2026-01-31T18:00:00', 'Europe/Zurich', '2026-01-31T17:00:00.000Z'],
		['2026-07-31 18:00', 'Europe/Zurich', '2026-07-31T16:00:00.000Z'],
		['2026-03-29T03:30:00', 'Europe/Zurich', '2026-03-29T01:30:00.000Z'],
		['2026-01-31', 'America/New_York', '2026-01-31T05:00:00.000Z'],
		[new Date(0), 'UTC', '1970-01-01T00:00:00.000Z'],
		[{ valueOf: () => 1_000 }, 'UTC', '1970-01-01T00:00:01.000Z'],
		[1_000, 'UTC', '1970-01-01T00:00:01.000Z'],
	])('%p in %s', (value, zone, expected) => {
		expect(new Date(parseTime(value, 'From', zone)).toISOString()).toBe(expected);
	});

	it.each([undefined, null, '', 'soon', {}, '2026-13-01', '2026-02-30 10:00', '2026-02-30T10:00:00Z', '2025-02-29'])("can't be %p", (value) => {
		expect(() => parseTime(value, 'From', 'UTC')).toThrow("'From' is not a valid time.");
	});
});

it('a time zone must have a name from the IANA database', () => {
	expect(requireTimeZone('Europe/Zurich')).toBe('Europe/Zurich');
	expect(() => requireTimeZone('Nowhere')).toThrow('Unknown time zone');
});
