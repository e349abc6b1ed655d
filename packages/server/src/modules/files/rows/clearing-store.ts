import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import { CLEARED_BY, type ClearedKind } from './tables.ts';

/** Remembers places that are gone, for the job that clears their files away. */
export async function queueClearing(tx: Transaction, kind: ClearedKind, ids: readonly string[]): Promise<void> {
  await sql`
    insert into file_clearing (place_id, kind) select id, ${kind} from unnest(${ids}::uuid[]) id
    on conflict (place_id) do nothing
  `.execute(tx);
}

/** The removed parents whose files are still to be deleted, first removed first. */
export async function parentsToClear(db: Executor, limit: number): Promise<{ id: string; kind: ClearedKind }[]> {
  const { rows } = await sql<{ id: string; kind: ClearedKind }>`
    select place_id as id, kind from file_clearing order by removed_at, place_id limit ${limit}
  `.execute(db);
  return rows;
}

/** Deletes a batch of the files of a removed parent. @returns how many it found */
export async function clearParent(
  db: Executor,
  { id, kind }: { id: string; kind: ClearedKind },
  batch: number,
): Promise<number> {
  const column = sql.ref(CLEARED_BY[kind]);
  const { numAffectedRows } = await sql`
    delete from attachment where id in (
      select id from attachment where ${column} = ${id} order by id limit ${batch} for update skip locked
    )
  `.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** Deletes the record of a removed parent that has no files left. */
export async function deleteClearedParent(db: Executor, id: string): Promise<void> {
  await sql`delete from file_usage where workspace_id = ${id}`.execute(db);
  await sql`delete from file_clearing where place_id = ${id}`.execute(db);
}

/** Deletes a batch of files that never came to be stored, and of those that nobody used. @returns how many */
export async function deleteAbandoned(
  db: Executor,
  before: { unstored: Date; unused: Date },
  batch: number,
): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from attachment where id in (
      select id from attachment
      where task_id is null and message_id is null and product_id is null and not is_avatar
        and (created_at < ${before.unused} or (created_at < ${before.unstored} and not stored))
      order by created_at limit ${batch} for update skip locked
    )
  `.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** Ids of objects of which the rows are gone. */
export async function removedObjects(db: Executor, after: string | undefined, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select attachment_id as id from removed_object
    where ${after === undefined ? sql`true` : sql`attachment_id > ${after}`}
    order by attachment_id limit ${limit}
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** Forgets objects that are deleted. */
export async function deleteClearedObjects(db: Executor, ids: readonly string[]): Promise<void> {
  await sql`delete from removed_object where attachment_id = any(${ids}::uuid[])`.execute(db);
}

/** Which of these ids are files. */
export async function knownIds(db: Executor, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from attachment where id = any(${ids}::uuid[])
    union all
    select attachment_id from removed_object where attachment_id = any(${ids}::uuid[])
  `.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** A page of the ids of files whose bytes should be in the storage, all or those since before an instant. */
export async function storedIds(
  db: Executor,
  before: Date | undefined,
  after: string | undefined,
  limit: number,
): Promise<{ id: string; isPicture: boolean }[]> {
  const { rows } = await sql<{ id: string; isPicture: boolean }>`
    select id, width is not null as "isPicture" from attachment
    where stored and (${before ?? null}::timestamptz is null or created_at < ${before ?? null}) and ${after === undefined ? sql`true` : sql`id > ${after}`}
    order by id limit ${limit}
  `.execute(db);
  return rows;
}
