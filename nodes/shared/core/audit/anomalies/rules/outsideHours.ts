import type { AnomalyRule, Working } from '../rule';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

export const outsideHours: AnomalyRule = {
	id: 'outsideHours',
	name: 'Outside Working Hours',
	severity: 'medium',
	test({ timestamp }, { working }) {
		const ms = Date.parse(timestamp);
		if (Number.isNaN(ms)) return undefined;
		const { weekday, minute } = working.clock.at(ms);
		if (isWorking(weekday, minute, working)) return undefined;
		return `Outside of working hours: ${WEEKDAYS[weekday]} ${formatTime(minute)} (${working.clock.timeZone}).`;
	},
};

/** A shift over midnight belongs to the day it begins on. */
function isWorking(weekday: number, minute: number, { weekdays, startMinute, endMinute }: Working): boolean {
	if (startMinute < endMinute) return weekdays.includes(weekday) && minute >= startMinute && minute < endMinute;
	if (minute >= startMinute) return weekdays.includes(weekday);
	return minute < endMinute && weekdays.includes((weekday + 6) % 7);
}

function formatTime(minute: number): string {
	return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
