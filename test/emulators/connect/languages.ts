import { fakeValues, type FakeValues } from './fakeValues';
import type { SeedField, SeedItem } from './seed';

export const LANGUAGES = ['English', 'German', 'Japanese'] as const;

export type Language = (typeof LANGUAGES)[number];

/** Labels of built-in fields, by language; the ids are the same everywhere. */
const LABELS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
	username: { English: 'username', German: 'Benutzername', Japanese: 'ユーザー名' },
	credential: { English: 'credential', German: 'Anmeldedaten', Japanese: '認証情報' },
	type: { English: 'type', German: 'Typ', Japanese: 'タイプ' },
	filename: { English: 'filename', German: 'Dateiname', Japanese: 'ファイル名' },
	validFrom: { English: 'valid from', German: 'Gültig ab', Japanese: '有効期間の開始' },
	expires: { English: 'expires', German: 'Gültig bis', Japanese: '有効期限' },
	hostname: { English: 'hostname', German: 'Host-Name', Japanese: 'ホスト名' },
	server: { English: 'server', German: 'Server', Japanese: 'サーバー' },
	port: { English: 'port', German: 'Port', Japanese: 'ポート' },
	database: { English: 'database', German: 'Datenbank', Japanese: 'データベース' },
	password: { English: 'password', German: 'Passwort', Japanese: 'パスワード' },
	console: { English: 'Admin Console', German: 'Verwaltungskonsole', Japanese: '管理コンソール' },
	consolePassword: { English: 'console password', German: 'Konsolenpasswort', Japanese: 'コンソールのパスワード' },
	url: { English: 'URL', German: 'URL', Japanese: 'URL' },
};

/** In each language an API credential, a database, a server and a login, with the title `<category> (<language>)`. */
export function itemsInThreeLanguages(random?: () => number): SeedItem[] {
	const fake = fakeValues(random);
	return LANGUAGES.flatMap((language) => itemsIn(language, fake));
}

function itemsIn(language: Language, fake: FakeValues): SeedItem[] {
	const label = (name: string): string => LABELS[name]?.[language] ?? name;
	const text = (id: string, value?: string, name = id): SeedField => ({ id, type: 'STRING', label: label(name), value });
	const secret = (id: string, name = id): SeedField => ({ id, type: 'CONCEALED', label: label(name), value: fake.secret() });
	const notes: SeedField = { purpose: 'NOTES' };
	return [
		{
			title: `API credential (${language})`,
			category: 'API_CREDENTIAL',
			fields: [
				notes,
				text('username', 'service'),
				secret('credential'),
				{ id: 'type', type: 'MENU', label: label('type'), value: 'bearer' },
				text('filename'),
				{ id: 'validFrom', type: 'DATE', label: label('validFrom') },
				{ id: 'expires', type: 'DATE', label: label('expires') },
				text('hostname', 'api.example.com'),
			],
		},
		{
			title: `Database (${language})`,
			category: 'DATABASE',
			fields: [
				notes,
				text('hostname', 'db.example.com', 'server'),
				text('port', '5432'),
				text('database', 'orders'),
				text('username', 'orders_1'),
				secret('password'),
			],
		},
		{
			title: `Server (${language})`,
			category: 'SERVER',
			sections: [{ id: 'admin_console', label: label('console') }],
			fields: [
				notes,
				text('url', 'ssh://web.example.com'),
				text('username', 'deploy'),
				secret('password'),
				{ ...secret('admin_console_password', 'consolePassword'), section: { id: 'admin_console' } },
			],
		},
		{
			title: `Login (${language})`,
			category: 'LOGIN',
			// As recorded: a login keeps its labels.
			fields: [{ purpose: 'USERNAME', value: 'ada@example.com' }, { purpose: 'PASSWORD', value: fake.secret() }, notes],
		},
	];
}
