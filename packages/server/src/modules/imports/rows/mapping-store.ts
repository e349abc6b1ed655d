import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';

declare module '../../../platform/database/index.ts' {
  interface Tables {
    import_mapping: { workspace_id: string; source: string; kind: string; key: string; became: string };
  }
}

/** Identifies a mapping: the imported items of one product in one workspace. */
export interface MappingOf {
  workspaceId: string;
  source: string;
}

/** The id that an item was imported as, or undefined. */
export async function findMapped(
  db: Executor,
  { workspaceId, source }: MappingOf,
  kind: string,
  key: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ became: string }>`
    select became from import_mapping
    where workspace_id = ${workspaceId} and source = ${source} and kind = ${kind} and key = ${key}
  `.execute(db);
  return rows[0]?.became;
}

/** Stores the id that an item was imported as; replaces an earlier one. */
export async function putMapped(
  tx: Transaction,
  { workspaceId, source }: MappingOf,
  { kind, key, became }: { kind: string; key: string; became: string },
): Promise<void> {
  await sql`
    insert into import_mapping (workspace_id, source, kind, key, became)
    values (${workspaceId}, ${source}, ${kind}, ${key}, ${became})
    on conflict (workspace_id, source, kind, key) do update set became = excluded.became
  `.execute(tx);
}

/** The imported items of a kind, ordered by key. @param after the last key of the previous page */
export async function mappedOfKind(
  db: Executor,
  { workspaceId, source }: MappingOf,
  { kind, after, limit }: { kind: string; after: string; limit: number },
): Promise<{ key: string; became: string }[]> {
  const { rows } = await sql<{ key: string; became: string }>`
    select key, became from import_mapping
    where workspace_id = ${workspaceId} and source = ${source} and kind = ${kind} and key > ${after}
    order by key limit ${limit}
  `.execute(db);
  return rows;
}

/** Lets only one import at a time write to a workspace, even while it converts pictures. */
export async function lockImport(tx: Transaction, workspaceId: string): Promise<void> {
  await sql`select set_config('idle_in_transaction_session_timeout', '120s', true)`.execute(tx);
  await sql`select pg_advisory_xact_lock(hashtextextended(${`import ${workspaceId}`}, 0))`.execute(tx);
}
