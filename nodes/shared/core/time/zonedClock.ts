const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** What the clocks of a time zone show. Making one takes longer than a thousand looks at it. */
export class ZonedClock {
	private readonly formatter: Intl.DateTimeFormat;

	/** @param timeZone a name of the IANA time zone database. */
	constructor(readonly timeZone: string) {
		this.formatter = new Intl.DateTimeFormat('en-US', {
			timeZone,
			weekday: 'short',
			hour: '2-digit',
			minute: '2-digit',
			hourCycle: 'h23',
		});
	}

	/** @param ms since the epoch. @returns the day of the week, 0 = Sunday, and minutes after midnight. */
	at(ms: number): { weekday: number; minute: number } {
		const parts = this.formatter.formatToParts(ms);
		const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((one) => one.type === type)?.value ?? '';
		return { weekday: WEEKDAYS.indexOf(part('weekday')), minute: Number(part('hour')) * 60 + Number(part('minute')) };
	}
}
