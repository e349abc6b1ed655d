import { sql } from 'kysely';
import type { Transaction } from '../../platform/database/index.ts';

/** A row of the index. */
export interface SearchEntryRow {
  id: string;
  place_id: string;
  author_id: string;
  created_at: Date;
  /** A tsvector in PostgreSQL's text form. */
  terms: string;
}

interface SearchPositionRow {
  stream: string;
  seq: number;
}

declare module '../../platform/database/index.ts' {
  interface Tables {
    search_entry: SearchEntryRow;
    search_position: SearchPositionRow;
  }
}

/** Inserts entries, or updates their terms. */
export async function putEntries(tx: Transaction, entries: readonly SearchEntryRow[]): Promise<void> {
  if (entries.length === 0) return;
  await sql`
    insert into search_entry as e (id, place_id, author_id, created_at, terms)
    select id, place_id, author_id, created_at, terms::tsvector
    from unnest(
      ${entries.map((entry) => entry.id)}::uuid[],
      ${entries.map((entry) => entry.place_id)}::uuid[],
      ${entries.map((entry) => entry.author_id)}::uuid[],
      ${entries.map((entry) => entry.created_at)}::timestamptz[],
      ${entries.map((entry) => entry.terms)}::text[]
    ) as t (id, place_id, author_id, created_at, terms)
    on conflict (id) do update set terms = excluded.terms where e.terms <> excluded.terms
  `.execute(tx);
}

/** Deletes entries. */
export async function removeEntries(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await sql`delete from search_entry where id = any(${ids}::uuid[])`.execute(tx);
}

/**
 * Deletes up to `batch` entries of a conversation.
 * @returns how many were deleted; fewer than `batch` if none are left
 */
export async function removeEntriesOf(tx: Transaction, conversationId: string, batch: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from search_entry where id in (select id from search_entry where place_id = ${conversationId} limit ${batch})
  `.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** Deletes the entries of a conversation that are older than a time; undefined: all. */
export async function removeEntriesBefore(
  tx: Transaction,
  conversationId: string,
  oldest: Date | undefined,
): Promise<void> {
  await sql`
    delete from search_entry where place_id = ${conversationId} and created_at < ${oldest ?? 'infinity'}::timestamptz
  `.execute(tx);
}
