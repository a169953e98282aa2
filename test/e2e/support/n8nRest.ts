import { parseFlatted } from './flatted';
import type { Execution, ExecutionData } from './runData';
import { GiveUp, waitFor } from './waitFor';

export interface Owner {
	email: string;
	password: string;
	firstName: string;
	lastName: string;
}

export interface WorkflowDocument {
	id: string;
	name: string;
	nodes: Array<Record<string, unknown>>;
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	[key: string]: unknown;
}

export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

/** The editor's own API of a running n8n, called as the logged-in owner. */
export class N8nRest {
	private cookie = '';

	/** n8n ties a session to this header, so it must be the same on every call. */
	private readonly browserId = 'n8n-nodes-1password-connect-e2e';

	constructor(readonly url: string) {}

	async call<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await fetch(`${this.url}${path}`, {
			method,
			headers: {
				'browser-id': this.browserId,
				...(this.cookie ? { cookie: this.cookie } : {}),
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const setCookie = response.headers.getSetCookie().find((value) => value.startsWith('n8n-auth='));
		if (setCookie) this.cookie = setCookie.split(';')[0] ?? '';
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} ${path} → ${response.status} ${text.slice(0, 500)}`);
		const parsed: unknown = text === '' ? undefined : JSON.parse(text);
		const isWrapped = typeof parsed === 'object' && parsed !== null && 'data' in parsed;
		return (isWrapped ? (parsed as { data: unknown }).data : parsed) as T;
	}

	async setUpOwner(owner: Owner): Promise<void> {
		await this.call('POST', '/rest/owner/setup', owner);
	}

	async logIn(owner: Owner): Promise<void> {
		const credentials = { emailOrLdapLoginId: owner.email, password: owner.password };
		await this.call('POST', '/rest/login', credentials);
	}

	/** Names of all node types that this n8n can run. */
	async nodeTypes(): Promise<Set<string>> {
		const types = await this.call<Array<{ name: string }>>('GET', '/types/nodes.json');
		return new Set(types.map((type) => type.name));
	}

	/** Runs a credential's test without saving it: what the editor does behind "Retry". */
	async testCredential(credential: { type: string; data: Record<string, unknown>; id?: string; name?: string }): Promise<CredentialTestResult> {
		const credentials = { id: '', name: 'Under test', ...credential };
		return await this.call('POST', '/rest/credentials/test', { credentials });
	}

	/** Creates a workflow, keeping its id. */
	async importWorkflow(workflow: WorkflowDocument): Promise<string> {
		const created = await this.call<{ id: string }>('POST', '/rest/workflows', workflow);
		return created.id;
	}

	/** Publishes the workflow's newest version and waits until its triggers run. */
	async activateWorkflow(workflowId: string): Promise<void> {
		const path = `/rest/workflows/${workflowId}`;
		const { versionId } = await this.call<{ versionId: string }>('GET', path);
		await this.call('POST', `${path}/activate`, { versionId });
		// Answers before the triggers are started; only this reports a trigger that can't start.
		await waitFor(
			async () => {
				const { status, triggers } = await this.call<PublicationStatus>('GET', `${path}/publication-status`);
				if (status === 'failed' || status === 'partial') {
					const reasons = triggers.map((trigger) => trigger.errorMessage).filter(Boolean);
					throw new GiveUp(`Workflow ${workflowId} could not be activated: ${reasons.join('; ')}`);
				}
				return status === 'published';
			},
			{ timeoutMs: 60_000, what: `workflow ${workflowId} to be published` },
		);
	}

	async deactivateWorkflow(workflowId: string): Promise<void> {
		await this.call('POST', `/rest/workflows/${workflowId}/deactivate`, {});
	}

	/** Newest first. With `includeData` each carries its run data. */
	async executions(query: { workflowId: string; includeData?: boolean }): Promise<Execution[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: query.workflowId }));
		const list = await this.call<{ results: Execution[] }>('GET', `/rest/executions?filter=${filter}&limit=100`);
		if (!query.includeData) return list.results;
		return await Promise.all(list.results.map(async ({ id }) => await this.execution(id)));
	}

	/** Newest first, without data: all with other IDs. */
	async executionsExcept(workflowId: string, ids: ReadonlySet<string>): Promise<Execution[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const found = new Map<string, Execution>();
		for (let cursor = ''; ;) {
			const page = await this.call<{ results: Execution[]; nextCursor?: string | null }>(
				'GET',
				`/rest/executions?filter=${filter}&limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
			);
			const fresh = page.results.filter(({ id }) => !ids.has(id) && !found.has(id));
			for (const execution of fresh) found.set(execution.id, execution);
			// Older pages contain nothing new if a whole page is known.
			if (!page.nextCursor || fresh.length === 0) return [...found.values()];
			cursor = withOverlap(page.nextCursor);
		}
	}

	async execution(id: string): Promise<Execution> {
		const full = await this.call<Omit<Execution, 'data'> & { data: string }>('GET', `/rest/executions/${id}`);
		return { ...full, data: parseFlatted(full.data) as ExecutionData };
	}
}

/**
 * A page is sorted by the time of the start, and the next one holds the ids below that of its last row: what several workers
 * have started in another order than they were created would be in neither.
 */
function withOverlap(cursor: string): string {
	const { v1, ...rest } = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as { v1: { id: string } };
	return Buffer.from(JSON.stringify({ ...rest, v1: { ...v1, id: String(Number(v1.id) + 50) } })).toString('base64url');
}

interface PublicationStatus {
	status: 'in_progress' | 'not_published' | 'published' | 'partial' | 'failed';
	triggers: Array<{ nodeId: string; status: string; errorMessage: string | null }>;
}
