import { startConnectEmulator, type ConnectEmulator } from '../../emulators/connect';
import { startOAuthServer, type OAuthServer, type OAuthTokens } from './oauthServer';
import { startSecretApi, type SecretApi } from './secretApi';

/** Two values of one secret, as a header can carry them; Base64 and URLs write them differently. */
export const OLD = 'canary-old-S3cret+/=';
export const NEW = 'canary-new-S3cret+/=';

const VAULT = 'Production';
const ITEM = 'Payments API';
const OAUTH_ITEM = 'Billing OAuth';

/** A Connect server with a secret in it, the API that wants this secret, and an authorisation server. */
export interface SecretScene {
	readonly connect: ConnectEmulator;
	readonly api: SecretApi;
	readonly oauth: OAuthServer;
	/** Of an administrator, who sets it for all credentials. */
	readonly adminToken: string;
	/** Changes the item in 1Password; every replica shows it at once. */
	store(value: string): void;
	/** What the API accepts from now on. */
	accept(...names: Array<'old' | 'new'>): void;
	storedTokens(): OAuthTokens & { version: number; expiresAt: string };
	close(): Promise<void>;
}

export async function startSecretScene(): Promise<SecretScene> {
	const api = await startSecretApi();
	const oauth = await startOAuthServer();
	const { accessToken, refreshToken } = oauth.signIn();
	const field = (label: string, value: string, type = 'CONCEALED'): object => ({ id: label, label, type, value });
	const connect = await startConnectEmulator({
		seed: {
			vaults: [
				{
					name: VAULT,
					items: [
						{ title: ITEM, category: 'API_CREDENTIAL', fields: [field('credential', OLD)] },
						{
							title: OAUTH_ITEM,
							category: 'API_CREDENTIAL',
							fields: [
								field('client id', oauth.client.id, 'STRING'),
								field('client secret', oauth.client.secret),
								field('refresh token', refreshToken),
								field('access token', accessToken),
								field('expires at', '2026-01-01T00:00:00.000Z', 'STRING'),
							],
						},
					],
				},
			],
		} as never,
	});
	const itemNamed = (title: string) => {
		const item = connect.admin.items(VAULT).find((candidate) => candidate.title === title);
		if (!item) throw new Error(`The vault has no item "${title}"`);
		return item;
	};
	const accept = (...names: Array<'old' | 'new'>): void => {
		api.know('old', OLD, names.includes('old'));
		api.know('new', NEW, names.includes('new'));
	};
	accept('old');
	return {
		connect,
		api,
		oauth,
		adminToken: connect.issueToken({ vaults: { [VAULT]: 'r' } }),
		store(value) {
			connect.admin.editItem(VAULT, itemNamed(ITEM).id, ({ fields = [], ...rest }) => ({
				...rest,
				fields: fields.map((one) => ({ ...one, value })),
			}));
			connect.admin.settle();
		},
		accept,
		storedTokens() {
			const { version = 0, fields = [] } = itemNamed(OAUTH_ITEM);
			const valueOf = (label: string): string => fields.find((one) => one.label === label)?.value ?? '';
			return { version, accessToken: valueOf('access token'), refreshToken: valueOf('refresh token'), expiresAt: valueOf('expires at') };
		},
		async close() {
			await Promise.all([connect.close(), api.close(), oauth.close()]);
		},
	};
}
