import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';

/**
 * Holds a lock on a key until the transaction ends: for objects that are looked up first and then created, where a
 * unique constraint would fail too late for a good answer.
 */
export async function lockKey(tx: Transaction, ...key: string[]): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${JSON.stringify(key)}, 0))`.execute(tx);
}

/** Holds the lock for creating an account with an e-mail address. */
export async function lockAddress(tx: Transaction, email: string): Promise<void> {
  await lockKey(tx, 'address', email);
}
