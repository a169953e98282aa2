import type { AnomalyRule, Working } from '../rule';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Making a formatter takes longer than a thousand uses of it. */
const formatters = new Map<string, Intl.DateTimeFormat>();

export const outsideHours: AnomalyRule = {
	id: 'outsideHours',
	severity: 'medium',
	test({ timestamp }, { working }) {
		if (Number.isNaN(Date.parse(timestamp))) return undefined;
		const { weekday, minute } = localTime(timestamp, working.timeZone);
		if (isWorking(weekday, minute, working)) return undefined;
		return `Outside of working hours: ${WEEKDAYS[weekday]} ${clock(minute)} (${working.timeZone}).`;
	},
};

/** A shift over midnight belongs to the day it begins on. */
function isWorking(weekday: number, minute: number, { weekdays, startMinute, endMinute }: Working): boolean {
	if (startMinute < endMinute) return weekdays.includes(weekday) && minute >= startMinute && minute < endMinute;
	if (minute >= startMinute) return weekdays.includes(weekday);
	return minute < endMinute && weekdays.includes((weekday + 6) % 7);
}

function localTime(timestamp: string, timeZone: string): { weekday: number; minute: number } {
	const parts = formatterOf(timeZone).formatToParts(new Date(timestamp));
	const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((one) => one.type === type)?.value ?? '';
	return { weekday: WEEKDAYS.indexOf(part('weekday')), minute: Number(part('hour')) * 60 + Number(part('minute')) };
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
	const known = formatters.get(timeZone);
	if (known !== undefined) return known;
	const made = new Intl.DateTimeFormat('en-US', {
		timeZone,
		weekday: 'short',
		hour: '2-digit',
		minute: '2-digit',
		hourCycle: 'h23',
	});
	formatters.set(timeZone, made);
	return made;
}

function clock(minute: number): string {
	return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
