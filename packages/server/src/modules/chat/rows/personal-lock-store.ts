import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';

/**
 * Allows one transaction at a time to add to a person's items, so that they are counted exactly. It does not use the
 * person's stream: streams are locked last, after every row, to avoid deadlocks.
 */
export async function lockPersonalItems(tx: Transaction, userId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`kept/${userId}`}, 0))`.execute(tx);
}
