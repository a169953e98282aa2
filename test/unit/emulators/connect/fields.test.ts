import { afterEach, describe, expect, it } from '@jest/globals';

import { manualClock } from '../../../emulators/connect';
import { closeAll, field, startWith } from './support';

afterEach(closeAll);

describe('dates and months', () => {
	it.each([
		['DATE', '2026-01-02', '1767312000'],
		['DATE', '1767268860', '1767268860'],
		['MONTH_YEAR', '203012', '203012'],
		['MONTH_YEAR', '2030/01', '203001'],
	])('%s takes %s and gives %s', async (type, value, shown) => {
		const desk = await startWith([]);
		const { body } = await desk.create({ fields: [{ id: 'x', type, value }] });
		expect(field(body, 'x')?.value).toBe(shown);
	});

	it.each([
		['DATE', 'tomorrow'],
		['DATE', '2026-02-30'],
		['DATE', '2026-13-01'],
		['MONTH_YEAR', '203013'],
		['MONTH_YEAR', '2030-12'],
	])('%s refuses %s', async (type, value) => {
		const desk = await startWith([]);
		expect((await desk.create({ fields: [{ type, value }] })).status).toBe(400);
	});

	it('begin the day in the zone of the server', async () => {
		const desk = await startWith([], { zoneOffsetMinutes: 120 });
		const { body } = await desk.create({ fields: [{ id: 'x', type: 'DATE', value: '2026-01-02' }] });
		expect(field(body, 'x')?.value).toBe(String(1767312000 - 7_200));
	});
});

describe('one-time passwords', () => {
	// The secret and codes of RFC 6238, appendix B.
	const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

	it.each([
		[`otpauth://totp/Example?secret=${secret}&digits=8`, 59, '94287082'],
		[`otpauth://totp/Example?secret=${secret}&digits=8`, 1_111_111_109, '07081804'],
		[`otpauth://totp/Example?secret=${secret}&digits=8`, 20_000_000_000, '65353130'],
		[secret.toLowerCase(), 59, '287082'],
		['otpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA&digits=8&algorithm=SHA256', 59, '46119246'],
		['not a secret!', 59, undefined],
	])('%s at %d s is %s', async (value, seconds, code) => {
		const clock = manualClock({ startMs: seconds * 1_000 });
		const desk = await startWith([{ fields: [{ id: 'TOTP_x', type: 'OTP', value }] }], {}, { clock });
		expect(field((await desk.get(desk.id())).body, 'TOTP_x')?.totp).toBe(code);
	});

	it('get an id that says what they are', async () => {
		const desk = await startWith([]);
		const { body } = await desk.create({ fields: [{ label: 'otp', type: 'otp', value: secret }] });
		expect(field(body, 'otp')).toMatchObject({ id: expect.stringMatching(/^TOTP_[a-z2-7]{26}$/), type: 'OTP' });
	});
});

describe('generated values', () => {
	const generate = async (recipe?: unknown, more = {}) => {
		const desk = await startWith([], { passwordDetails: 'full' });
		const generated = { id: 'password', purpose: 'PASSWORD', generate: true, recipe, ...more };
		return await desk.create({ fields: [generated] });
	};

	it('have 32 characters of all sets by default and are told apart from others', async () => {
		const password = field((await generate()).body, 'password');
		expect(password?.value).toHaveLength(32);
		expect(password?.value).toMatch(/[a-z].*\d|\d.*[a-z]/i);
		expect(password).toMatchObject({ passwordDetails: { generated: true, strength: 'FANTASTIC' } });
		expect(password).not.toHaveProperty('generate');
	});

	it('follow the recipe', async () => {
		const { body } = await generate({ length: 8, characterSets: ['DIGITS'], excludeCharacters: '012' });
		expect(field(body, 'password')?.value).toMatch(/^[3-9]{8}$/);
	});

	it('are not made where a value is given', async () => {
		expect(field((await generate(undefined, { value: 'mine' })).body, 'password')?.value).toBe('mine');
	});

	it('are the same in every run', async () => {
		expect(field((await generate()).body, 'password')?.value).toBe(field((await generate()).body, 'password')?.value);
	});

	it.each([
		[{ length: 0 }],
		[{ length: 65 }],
		[{ length: 1.5 }],
		[{ characterSets: ['EMOJI'] }],
		[{ characterSets: ['DIGITS', 'DIGITS'] }],
		[{ excludeCharacters: 'aa' }],
		[{ characterSets: ['DIGITS'], excludeCharacters: '0123456789' }],
	])('refuse the recipe %j', async (recipe) => {
		expect((await generate(recipe)).status).toBe(400);
	});
});
