import type { N8nInstall } from './n8nInstall';

export interface EnvironmentOptions {
	install: N8nInstall;
	/** n8n keeps its database, keys and community packages in `<userFolder>/.n8n`. */
	userFolder: string;
	port: number;
	/** Port of the task-runner broker, which listens even when no Code node is used. */
	brokerPort: number;
	encryptionKey: string;
	/** Added last, so it wins. */
	extra?: Record<string, string>;
}

/**
 * The whole environment of an n8n process. Nothing is inherited but PATH: variables of a test runner (NODE_ENV=test,
 * NODE_OPTIONS) or of a developer's own n8n would change the n8n under test.
 */
export function buildEnvironment(options: EnvironmentOptions): NodeJS.ProcessEnv {
	return {
		PATH: `${options.install.node.folder}:${process.env['PATH'] ?? ''}`,
		HOME: options.userFolder,
		TZ: 'UTC',
		GENERIC_TIMEZONE: 'UTC',
		NODE_ENV: 'production',
		N8N_USER_FOLDER: options.userFolder,
		N8N_ENCRYPTION_KEY: options.encryptionKey,
		N8N_HOST: 'localhost',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(options.port),
		N8N_EDITOR_BASE_URL: `http://localhost:${options.port}`,
		N8N_RUNNERS_MODE: 'internal',
		N8N_RUNNERS_BROKER_PORT: String(options.brokerPort),
		N8N_LOG_LEVEL: 'debug',
		N8N_SECURE_COOKIE: 'false',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
		...OFFLINE,
		...options.extra,
	};
}

/** Everything that would otherwise talk to the internet, or put a dialog before the editor. */
const OFFLINE: Record<string, string> = {
	N8N_AI_ENABLED: 'false',
	N8N_DISABLED_MODULES: 'mcp-registry',
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_REINSTALL_MISSING_PACKAGES: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
};
