import { failure } from '../failure';

/** A value as the server keeps it for that type. @throws ConnectFailure 400 for what is no date or month */
export function normaliseValue(type: string, value: string, zoneOffsetMinutes: number): string {
	if (value === '') return value;
	if (type === 'DATE') return toUnixSeconds(value, zoneOffsetMinutes);
	if (type === 'MONTH_YEAR') return toYearMonth(value);
	return value;
}

// The server takes the day to begin at midnight of its own zone, so that the day can shift for others.
function toUnixSeconds(value: string, zoneOffsetMinutes: number): string {
	const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
	if (!day) {
		if (/^-?\d+$/.test(value)) return value;
		throw failure.badRequest('Invalid value for a field of type DATE: want YYYY-MM-DD or Unix seconds');
	}
	const midnight = new Date(`${value}T00:00:00Z`);
	// February 30th is read as a day of March.
	if (Number.isNaN(midnight.getTime()) || midnight.getUTCDate() !== Number(day[3])) {
		throw failure.badRequest('Invalid value for a field of type DATE: no such day');
	}
	return String(midnight.getTime() / 1_000 - zoneOffsetMinutes * 60);
}

function toYearMonth(value: string): string {
	const parts = /^(\d{4})\/?(0[1-9]|1[0-2])$/.exec(value);
	if (!parts) throw failure.badRequest('Invalid value for a field of type MONTH_YEAR: want YYYYMM or YYYY/MM');
	return `${parts[1]}${parts[2]}`;
}
