import { sql } from 'kysely';
import type pg from 'pg';
import type { Executor } from './transaction.ts';

/** Any number that no other advisory lock has. */
const HOLD = 4_172_022;

/**
 * Keeps objects of deleted rows in the storage until this connection ends or is reset. Whoever takes a snapshot after
 * this finds every object of its rows.
 */
export async function holdObjects(client: pg.ClientBase): Promise<void> {
  await client.query('select pg_advisory_lock_shared($1)', [HOLD]);
}

/**
 * Whether objects of deleted rows must stay for now. Ask after reading which rows are gone: a hold that begins later
 * belongs to a snapshot without them.
 */
export async function objectsAreHeld(db: Executor): Promise<boolean> {
  // Taken and released by the same statement.
  const { rows } = await sql<{ free: boolean }>`select pg_try_advisory_xact_lock(${HOLD}) as free`.execute(db);
  return rows[0]?.free !== true;
}
