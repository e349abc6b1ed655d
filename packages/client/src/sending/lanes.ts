import { backoffMs, sleep } from '../backoff.ts';
import { verdictOn } from './verdict.ts';

export interface LanesOptions<Item> {
  /** The next item of a lane, if any; the same until it is delivered, refused or removed. */
  next(lane: string): Item | undefined;
  /** Delivers an item; may retry by itself. Throws AtriumError. */
  deliver(item: Item, signal: AbortSignal): Promise<void>;
  /** Called when an item is finally refused. */
  refused(item: Item, error: unknown): Promise<void>;
  onError(error: unknown): void;
  random: () => number;
}

const BACKOFF = { baseMs: 500, maxMs: 15_000 };

/** Delivers items in lanes: one after another within a lane, each retried until it is accepted or finally refused. */
export class Lanes<Item> {
  readonly #options: LanesOptions<Item>;
  readonly #closing = new AbortController();
  readonly #working = new Set<string>();

  constructor(options: LanesOptions<Item>) {
    this.#options = options;
  }

  /** There is something to deliver in a lane. */
  start(lane: string): void {
    if (this.#working.has(lane)) return;
    this.#working.add(lane);
    this.#work(lane)
      .catch((error: unknown) => this.#options.onError(error))
      .finally(() => this.#working.delete(lane));
  }

  close(): void {
    this.#closing.abort();
  }

  async #work(lane: string): Promise<void> {
    const { deliver, next, random, refused } = this.#options;
    const { signal } = this.#closing;
    let failures = 0;
    for (let item = next(lane); item && !signal.aborted; item = next(lane)) {
      try {
        await deliver(item, signal);
        failures = 0;
      } catch (error) {
        if (signal.aborted) return;
        const verdict = verdictOn(error, failures++);
        if (verdict.refused) await refused(item, error);
        else await sleep(verdict.waitMs + backoffMs(BACKOFF, failures, random()), signal).catch(() => undefined);
      }
    }
  }
}
