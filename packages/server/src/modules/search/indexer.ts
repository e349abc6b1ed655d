import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Database } from '../../platform/database/index.ts';
import { indexSome, removeGone } from './indexing.ts';
import type { MessageSource } from './source.ts';

/** How soon a new message can be found under low load. */
const PAUSE_MS = 500;
const PAUSE_AFTER_FAULT_MS = 5_000;
/** Checks without a result take at most this fraction of the time. */
const REST_FACTOR = 20;
/** Under load, indexing takes at most this fraction of the time: sending has priority. */
const BATCH_PAUSE_FACTOR = 5;
/** Entries of deleted conversations are deleted every this many rounds, about once a minute. */
const TIDY_EVERY = 120;

/** Keeps the index up to date in the background. */
export class Indexer {
  private readonly database: Pick<Database, 'transaction'>;
  private readonly source: MessageSource;
  private readonly log: Pick<Logger, 'warn'>;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private isStopped = false;
  private rounds = 0;

  constructor(deps: { database: Pick<Database, 'transaction'>; source: MessageSource; log: Pick<Logger, 'warn'> }) {
    this.database = deps.database;
    this.source = deps.source;
    this.log = deps.log;
  }

  start(): void {
    this.plan(0);
  }

  /** Resolves when running work has finished; no more starts afterwards. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /**
   * Resolves when all messages so far are indexed, unless another node is indexing.
   * @param pauseFactor the pause after every hundred messages, as a multiple of the time they took
   * @returns false if there was nothing to do
   */
  async catchUp(pauseFactor = 0): Promise<boolean> {
    let begun = performance.now();
    const pause = async () => {
      if (!this.isStopped) await sleep((performance.now() - begun) * pauseFactor, undefined, { ref: false });
      begun = performance.now();
    };
    for (let batches = 0; !this.isStopped; batches++) {
      const progress = await this.database.transaction((tx) => indexSome(tx, this.source, pause));
      if (progress !== 'more') return batches > 0 || progress === 'done';
      await pause();
    }
    return true;
  }

  /** Resolves when all entries of deleted conversations are removed. */
  async tidy(): Promise<void> {
    while (!this.isStopped && (await this.database.transaction(removeGone)));
  }

  private plan(afterMs: number): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => {
      this.running = this.round();
    }, afterMs);
    this.timer.unref();
  }

  private async round(): Promise<void> {
    const begun = performance.now();
    try {
      const wasBusy = await this.catchUp(BATCH_PAUSE_FACTOR - 1);
      const lookedMs = wasBusy ? 0 : performance.now() - begun;
      this.rounds += 1;
      if (this.rounds % TIDY_EVERY === 0) await this.tidy();
      this.plan(Math.max(PAUSE_MS, lookedMs * REST_FACTOR));
    } catch (error) {
      this.log.warn({ err: error }, 'could not bring the search index up to date; trying again');
      this.plan(PAUSE_AFTER_FAULT_MS);
    }
  }
}
