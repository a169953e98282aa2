/** The settings of the rule that looks at the time of day. */

import type { Working } from '../../shared/core/audit/anomalies/rule';
import { invalidInput } from '../../shared/core/errors/onePasswordError';
import { ZonedClock } from '../../shared/core/time/zonedClock';
import { requireTimeZone } from '../../shared/core/time/zonedTime';
import { choicesParameter } from '../../shared/n8n/parameters/choices';
import { toText } from '../../shared/n8n/parameters/conversions';
import type { ParameterValues } from '../../shared/n8n/parameters/parameter';
import { setting } from './setting';

const timeZone = setting(
	{
		displayName: 'Time Zone',
		name: 'timeZone',
		default: '',
		placeholder: 'e.g. Europe/Zurich',
		description: 'Of the working hours. Empty: that of the workflow.',
	},
	(value, displayName) => toText(value, displayName).trim(),
);

const workingDays = choicesParameter({
	displayName: 'Working Days',
	name: 'workingDays',
	default: ['1', '2', '3', '4', '5'],
	options: [
		{ name: 'Friday', value: '5' },
		{ name: 'Monday', value: '1' },
		{ name: 'Saturday', value: '6' },
		{ name: 'Sunday', value: '0' },
		{ name: 'Thursday', value: '4' },
		{ name: 'Tuesday', value: '2' },
		{ name: 'Wednesday', value: '3' },
	],
});

const workingFrom = setting(
	{ displayName: 'Working From', name: 'workingFrom', default: '08:00', description: 'Time of day at which work begins' },
	readClock,
);

const workingTo = setting(
	{
		displayName: 'Working To',
		name: 'workingTo',
		default: '18:00',
		description: 'Time of day at which work ends; before the beginning means over midnight',
	},
	readClock,
);

export const workingMembers = [timeZone, workingDays, workingFrom, workingTo] as const;

/** @param ownTimeZone of the workflow. */
export function readWorking(settings: ParameterValues, ownTimeZone: string): Working {
	return {
		clock: new ZonedClock(requireTimeZone(timeZone.read(settings) || ownTimeZone)),
		weekdays: workingDays.read(settings).map(Number),
		startMinute: workingFrom.read(settings),
		endMinute: workingTo.read(settings),
	};
}

function readClock(value: unknown, displayName: string): number {
	const [, hours, minutes] = /^([01]?\d|2[0-4]):([0-5]\d)$/.exec(toText(value, displayName).trim()) ?? [];
	if (hours !== undefined && minutes !== undefined) return Number(hours) * 60 + Number(minutes);
	throw invalidInput(`'${displayName}' is not a valid time of day.`, 'Enter a time such as 08:00.');
}
