import { sql } from 'kysely';
import type pg from 'pg';
import type { Executor } from './transaction.ts';

/** A number that no other advisory lock uses. */
const HOLD = 4_172_022;

/**
 * Keeps objects of deleted rows in the storage until this connection ends or is reset. A snapshot that is taken after
 * this call finds every object of its rows.
 */
export async function holdObjects(client: pg.ClientBase): Promise<void> {
  await client.query('select pg_advisory_lock_shared($1)', [HOLD]);
}

/**
 * Whether objects of deleted rows must be kept for now. Call it after reading which rows are deleted: a hold that
 * begins later belongs to a snapshot without them.
 */
export async function objectsAreHeld(db: Executor): Promise<boolean> {
  // Acquired and released by the same statement.
  const { rows } = await sql<{ free: boolean }>`select pg_try_advisory_xact_lock(${HOLD}) as free`.execute(db);
  return rows[0]?.free !== true;
}
