/** RFC 3339 in UTC, without a fraction of a second when it is zero, as Go writes it. */
export function timestamp(ms: number): string {
	return new Date(ms).toISOString().replace('.000Z', 'Z');
}
