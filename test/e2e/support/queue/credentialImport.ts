import type { PlainCredential } from '../n8nCli';
import type { Row } from '../postgres';
import type { N8nRest } from '../n8nRest';

interface Target {
	readonly rest: N8nRest;
	query(sql: string, ...values: unknown[]): Promise<Row[]>;
}

/**
 * Creates a credential with this ID, replacing any existing one. n8n's command line does that too, and takes half a minute
 * for each call.
 */
export async function importCredential({ rest, query }: Target, { id, ...credential }: PlainCredential): Promise<void> {
	const created = await rest.call<{ id: string }>('POST', '/rest/credentials', credential);
	await query('DELETE FROM credentials_entity WHERE id = $1', id);
	await query(
		`INSERT INTO credentials_entity
		SELECT (json_populate_record(NULL::credentials_entity, (to_jsonb(one) || jsonb_build_object('id', $2::text))::json)).*
		FROM credentials_entity one WHERE id = $1`,
		created.id,
		id,
	);
	await query('UPDATE shared_credentials SET "credentialsId" = $2 WHERE "credentialsId" = $1', created.id, id);
	await query('DELETE FROM credentials_entity WHERE id = $1', created.id);
}
