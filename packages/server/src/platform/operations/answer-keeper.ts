import type { Logger } from 'pino';
import type { Executor, Transaction } from '../database/index.ts';
import { storeAnswer, trimAnswers } from './idempotency-store.ts';

/** Larger answers are not stored but read again, if a read has the same output. */
const LARGE_BYTES = 16 * 1024;
/** Maximum stored per account. Clients repeat a command within minutes, so only the latest answers matter. */
const MOST = { rows: 10_000, bytes: 16 * 1024 * 1024 };
/** Amount of stored answers after which the oldest are trimmed. */
const TRIM_EVERY = { rows: 200, bytes: 1024 * 1024 };

/** Stores the answers of commands by key, in limited space per account. */
export class AnswerKeeper {
  private readonly db: Executor;
  private readonly log: Logger;
  private readonly bounds: { rows: number; bytes: number };
  /** Stored since the last trim, by account. */
  private readonly kept = new Map<string, { rows: number; bytes: number }>();

  constructor({ db, log, bounds = MOST }: { db: Executor; log: Logger; bounds?: { rows: number; bytes: number } }) {
    this.db = db;
    this.log = log;
    this.bounds = bounds;
  }

  /**
   * Stores an answer together with the change; for an answer with secrets only the fact that there was one.
   * @param canReread a read gives the same output for the answer's id
   */
  async keep(
    tx: Transaction,
    intent: Parameters<typeof storeAnswer>[1] & { isSecret: boolean },
    data: Record<string, unknown>,
    canReread: boolean,
  ): Promise<void> {
    const isKept = !intent.isSecret || Object.keys(data).length === 0;
    const whole = JSON.stringify(isKept ? data : null);
    const reference = isKept && canReread && typeof data.id === 'string' && Buffer.byteLength(whole) > LARGE_BYTES;
    const answer = reference ? JSON.stringify({ id: data.id }) : whole;
    await storeAnswer(tx, intent, { answer, reference });
    this.count(intent.accountId, Buffer.byteLength(answer));
  }

  /** Trims occasionally, after the change, so that no command waits for it. */
  private count(accountId: string, bytes: number): void {
    const kept = this.kept.get(accountId) ?? { rows: 0, bytes: 0 };
    kept.rows += 1;
    kept.bytes += bytes;
    this.kept.set(accountId, kept);
    const every = {
      rows: Math.min(TRIM_EVERY.rows, this.bounds.rows),
      bytes: Math.min(TRIM_EVERY.bytes, this.bounds.bytes),
    };
    if (kept.rows < every.rows && kept.bytes < every.bytes) return;
    this.kept.delete(accountId);
    trimAnswers(this.db, accountId, this.bounds).catch((error: unknown) =>
      this.log.warn({ err: error }, 'could not trim the kept answers of an account'),
    );
  }
}
