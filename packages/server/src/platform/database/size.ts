import { sql } from 'kysely';
import type { Executor } from './transaction.ts';

/** The size of the database on disk, in bytes. */
export async function databaseSize(db: Executor): Promise<number> {
  const { rows } = await sql<{ bytes: string }>`
    select pg_database_size(current_database())::text as bytes
  `.execute(db);
  return Number(rows[0]?.bytes ?? 0);
}
