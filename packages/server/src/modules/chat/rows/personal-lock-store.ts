import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';

/**
 * Lets one transaction at a time add to what a person keeps, so that it is counted exactly. Not by their stream: streams
 * are locked last, after every row, or two writers wait for each other.
 */
export async function lockPersonalItems(tx: Transaction, userId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`kept/${userId}`}, 0))`.execute(tx);
}
