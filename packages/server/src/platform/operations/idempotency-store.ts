import { sql } from 'kysely';
import type { Executor, Transaction } from '../database/index.ts';

/** The answer of an earlier call. */
export interface StoredAnswer {
  operation: string;
  inputHash: Buffer;
  /** Null: it contained a secret and was not stored. */
  answer: Record<string, unknown> | null;
  /** Only the id of the answer was stored. */
  reference: boolean;
}

declare module '../database/index.ts' {
  interface Tables {
    idempotency: {
      account_id: string;
      key: string;
      operation: string;
      input_hash: Buffer;
      answer: Record<string, unknown> | null;
      reference: boolean;
      bytes: number;
      created_at: Date;
    };
  }
}

interface Key {
  accountId: string;
  key: string;
}

/**
 * Starts a command: reads the database's time and locks the key.
 * @returns `alone: false` while another call with the same key is running
 */
export async function beginCommand(tx: Transaction, key: Key | undefined): Promise<{ now: Date; alone: boolean }> {
  const { rows } = await sql<{ now: Date; alone: boolean }>`
    select now() as now, ${
      key === undefined
        ? sql`true`
        : sql`pg_try_advisory_xact_lock(hashtextextended(${`${key.accountId}/${key.key}`}, 0))`
    } as alone
  `.execute(tx);
  const begun = rows[0];
  if (begun === undefined) throw new Error('The database did not return the time.');
  return begun;
}

/** The stored answer of this key, if any. */
export async function readAnswer(db: Executor, { accountId, key }: Key): Promise<StoredAnswer | undefined> {
  const { rows } = await sql<StoredAnswer>`
    select operation, input_hash as "inputHash", answer, reference from idempotency
    where account_id = ${accountId} and key = ${key}
  `.execute(db);
  return rows[0];
}

/** Deletes the stored answers of an account. */
export async function deleteAnswers(tx: Transaction, accountId: string): Promise<void> {
  await sql`delete from idempotency where account_id = ${accountId}`.execute(tx);
}

/**
 * Stores the answer in the transaction of the change. A second one for the same key violates `idempotency_pkey`.
 * @param answer as JSON
 */
export async function storeAnswer(
  tx: Transaction,
  intent: Key & { operation: string; inputHash: Buffer },
  { answer, reference }: { answer: string; reference: boolean },
): Promise<void> {
  await sql`
    insert into idempotency (account_id, key, operation, input_hash, answer, reference, bytes)
    values (
      ${intent.accountId}, ${intent.key}, ${intent.operation}, ${intent.inputHash}, ${answer}::json, ${reference},
      ${Buffer.byteLength(answer)}
    )
  `.execute(tx);
}

/** Deletes the oldest answers of one account beyond a number of rows or bytes. */
export async function trimAnswers(
  db: Executor,
  accountId: string,
  most: { rows: number; bytes: number },
): Promise<void> {
  await sql`
    delete from idempotency where account_id = ${accountId} and key in (
      select key from (
        select key, row_number() over newest as place, sum(bytes) over newest as total
        from idempotency where account_id = ${accountId}
        window newest as (order by created_at desc, key)
      ) kept
      where place > ${most.rows} or total > ${most.bytes}
    )
  `.execute(db);
}
