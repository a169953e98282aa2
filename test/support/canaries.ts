/** Values that must not get out. Each is recognisable, and looked for in every form it could be written in. */

import { seededRandom } from '../emulators/connect';

const MARK = 'CANARY';

export function canary(name: string): string {
	return `${MARK}-${name}-7f3a"\\/+é`;
}

const random = seededRandom(12);

/** Characters that nobody has ever used as a secret. */
function fake(length: number, alphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'): string {
	// A digit and a capital letter are in every real token.
	return Array.from({ length }, () => alphabet.charAt(Math.floor(random() * alphabet.length)))
		.join('')
		.replace(/..$/, alphabet.includes('Z') ? 'Z7' : '7a');
}

const hex = (length: number): string => fake(length, '0123456789abcdef');

/** Put together here, so that no file holds what a scanner takes for a key. */
const pem = (kind: string): string => [`-----BEGIN ${kind}-----`, fake(64), fake(40), `-----END ${kind}-----`, ''].join('\n');

const encode = (json: object): string => Buffer.from(JSON.stringify(json)).toString('base64url');

const jwt = (header: object): string => [encode(header), encode({ sub: MARK, iat: 1 }), fake(43)].join('.');

/** Secrets by their form: what must be concealed whatever the type of the field. */
export const SECRET_KINDS = {
	'private key, PKCS#8': pem('PRIVATE KEY'),
	'private key, PKCS#1': pem('RSA PRIVATE KEY'),
	'private key, EC': pem('EC PRIVATE KEY'),
	'private key, OpenSSH': pem('OPENSSH PRIVATE KEY'),
	'private key, encrypted': pem('ENCRYPTED PRIVATE KEY'),
	'private key, PGP': pem('PGP PRIVATE KEY BLOCK'),
	'private key, PuTTY': `PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\n${fake(48)}\n`,
	'seed of one-time passwords': `otpauth://totp/${MARK}?secret=${fake(32, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`,
	'JSON web token': jwt({ alg: 'HS256', typ: 'JWT' }),
	'1Password service account token': `ops_${encode({ signInAddress: 'example.com', secret: fake(40) })}`,
	'1Password Secret Key':
		`A3-${fake(6, 'ABCDEFGH23456789')}-${fake(11, 'ABCDEFGH23456789')}-${[1, 2, 3].map(() => fake(5, 'ABCDEFGH23456789')).join('-')}`.toUpperCase(),
	'GitHub token': `ghp_${fake(36)}`,
	'GitHub OAuth token': `gho_${fake(36)}`,
	'GitHub fine-grained token': `github_pat_${fake(22)}_${fake(59)}`,
	'GitLab token': `glpat-${fake(20)}`,
	'Slack bot token': `xoxb-${fake(12, '0123456789')}-${fake(24)}`,
	'Slack app token': `xapp-1-${fake(11)}-${fake(13, '0123456789')}-${hex(64)}`,
	'AWS secret access key': `aws_secret_access_key = ${fake(40)}`,
	'JSON web key': `{"kty":"OKP","crv":"Ed25519","d":"${fake(43)}","x":"public"}`,
	'Okta header': `SSWS 00${fake(40)}`,
	'Mailgun key': `${hex(32)}-${hex(8)}-${hex(8)}`,
	'Stripe secret key': `sk_live_${fake(24)}`,
	'Stripe restricted key': `rk_live_${fake(24)}`,
	'OpenAI key': `sk-proj-${fake(48)}`,
	'Anthropic key': `sk-ant-api03-${fake(80)}`,
	'Google API key': `AIza${fake(35)}`,
	'Google access token': `ya29.${fake(60)}`,
	'npm token': `npm_${fake(36)}`,
	'PyPI token': `pypi-AgEIcHlwaS5vcmc${fake(60)}`,
	'SendGrid key': `SG.${fake(22)}.${fake(43)}`,
	'Docker token': `dckr_pat_${fake(27)}`,
	'DigitalOcean token': `dop_v1_${hex(64)}`,
	'Hugging Face token': `hf_${fake(34)}`,
	'Shopify token': `shpat_${hex(32)}`,
	'HashiCorp Vault token': `hvs.${fake(24)}`,
	'Atlassian token': `ATATT3${fake(180)}`,
	'Telegram bot token': `${fake(10, '123456789').replace(/.$/, '1')}:AA${fake(33)}`,
	'1Password recovery code': `1PRK-${Array.from({ length: 13 }, () => fake(4, 'ABCDEFGH23456789').toUpperCase()).join('-')}`,
	'Bitbucket app password': `ATBB${fake(28)}`,
	'Cloudflare token': `cfut_${fake(40)}`,
	'Discord webhook': `https://discord.com/api/webhooks/112233445566778899/${fake(68)}`,
	'Gemini key': `AQ.Ab8RN6${fake(42)}`,
	'HubSpot token': `pat-na1-${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`,
	'LangSmith key': `lsv2_pt_${hex(32)}_${hex(10)}`,
	'Mapbox secret token': `sk.eyJ1${fake(60)}.${fake(22)}`,
	'n8n key': `n8n_api_${fake(40)}`,
	'NVIDIA key': `nvapi-${fake(60)}`,
	'Pinecone key': `pcsk_${fake(60)}`,
	'PostHog key': `phx_${fake(43)}`,
	'Resend key': `re_${fake(8)}_${fake(24)}`,
	'Azure Service Bus key': `SharedAccessKeyName=Root;SharedAccessKey=${fake(43)}=`,
	'Azure shared access signature': `sig=${fake(43)}%3D`,
	'WireGuard key': `PrivateKey = ${fake(43)}=`,
	'header with a token': `Authorization: Bearer ${fake(24)}`,
	'password of a data source': `Password=${fake(16)};`,
	'connection string with a password': `postgres://app:${fake(20)}@db.example.com:5432/app`,
} as const;

/** A secret access key has no prefix: it is known where it stands alone. */
export const AWS_SECRET = fake(40);

/** Texts that look a little like a secret, and are none. */
export const HARMLESS_TEXTS: readonly string[] = [
	'',
	'payments-service',
	'AKIAIOSFODNN7EXAMPLE',
	'SK0123456789abcdef0123456789abcdef',
	`pk_live_${fake(24)}`,
	`ssh-ed25519 ${fake(68)} ada@example.com`,
	`SHA256:${fake(43)}`,
	'-----BEGIN CERTIFICATE-----',
	'-----BEGIN PUBLIC KEY-----',
	'da39a3ee5e6b4b0d3255bfef95601890afd80709',
	'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
	'123e4567-e89b-12d3-a456-426614174000',
	'abcdefghijklmnopqrstuvwxyz',
	'ops_monitoring',
	'ops_production_database_read_only',
	'npm_config_registry_of_the_company',
	'risk-assessment-of-the-whole-company',
	'sk-learn-pipeline-for-production',
	'https://example.com:8080/path?x=1#y',
	'https://ada@example.com/',
	'mailto:ada@example.com',
	'op://Production/Payments API/credential',
	'mongodb://localhost:27017/app',
	'1.2.3.4',
	'api.eu-west-1.example.com',
	'2027-01-31T00:00:00Z',
	'eyJust a word.',
	`pk.eyJ1${fake(60)}.${fake(22)}`,
	'Authorization: Bearer <token>',
	'Password=',
	'secret_of_the_payments_service_in_production',
	'discord.com/channels/1/2',
];

/** @returns the names of the canaries and secrets that the text holds, as they are or as JSON, a URL or Base64 write them. */
export function leaksIn(text: string, secrets: readonly string[]): string[] {
	return secrets.filter((secret) =>
		[
			secret,
			JSON.stringify(secret).slice(1, -1),
			JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1),
			encodeURIComponent(secret),
			Buffer.from(secret).toString('base64'),
		].some((form) => text.includes(form)),
	);
}
