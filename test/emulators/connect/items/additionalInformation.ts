import type { ItemRecord } from '../store/records';

/** The line that the apps show below a title, as recorded answers carry it. Of a secure note it is contents. */
export function additionalInformation({ category, fields }: ItemRecord): string | undefined {
	const valueOf = (id: string) => fields.find((field) => field.id === id && !field.section)?.value;
	if (category === 'LOGIN') return valueOf('username') || '—';
	if (category === 'API_CREDENTIAL') return valueOf('type');
	if (category === 'SSH_KEY') return valueOf('fingerprint');
	if (category === 'SECURE_NOTE') return valueOf('notesPlain')?.split('\n')[0];
	return undefined;
}
