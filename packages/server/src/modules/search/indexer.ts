import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Database } from '../../platform/database/index.ts';
import { indexSome, removeGone } from './indexing.ts';
import type { MessageSource } from './source.ts';

/** How soon something new is found, when there is little to do. */
const PAUSE_MS = 500;
const PAUSE_AFTER_FAULT_MS = 5_000;
/** Looking in vain takes at most one part in so many of the time. */
const REST_FACTOR = 20;
/** With much to do, taking in takes at most one part in so many of the time: sending goes before finding. */
const BITE_REST_FACTOR = 5;
/** Tidying up is done once in so many rounds: about once a minute. */
const TIDY_EVERY = 120;

/** Keeps the index up to date with the log, in the background. */
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

  /** Resolves when what is under way is done; nothing begins after that. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /**
   * Resolves when everything that was there is in the index, unless another node is at it.
   * @param restFactor how many times as long as each hundred messages took to rest after them
   * @returns false when there was nothing to do
   */
  async catchUp(restFactor = 0): Promise<boolean> {
    let begun = performance.now();
    const rest = async () => {
      if (!this.isStopped) await sleep((performance.now() - begun) * restFactor, undefined, { ref: false });
      begun = performance.now();
    };
    for (let bites = 0; !this.isStopped; bites++) {
      const progress = await this.database.transaction((tx) => indexSome(tx, this.source, rest));
      if (progress !== 'more') return bites > 0 || progress === 'done';
      await rest();
    }
    return true;
  }

  /** Resolves when nothing of deleted conversations is left. */
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
      const wasBusy = await this.catchUp(BITE_REST_FACTOR - 1);
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
