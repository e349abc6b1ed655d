import type { PlacedOrder } from '@atrium/protocol';
import { isRetryable, isStorageFull, isUnavailable, isUniqueViolation } from '../../../platform/database/index.ts';
import type { Transact } from '../../../platform/module/index.ts';
import { GroupCommit } from '../../../platform/stream/index.ts';
import { type Outcome, placeAll } from './place.ts';
import type { Wish } from './wish.ts';

/** Maximum number of orders in one transaction. */
const BATCH = 100;
/** A transaction costs about the same for one order as for a few: under load it waits this long for more. */
const PACE_MS = 3;
const MOST_TRIES = 3;

/** Errors that would have stopped any order: the database is down, busy or full. */
function isOfAll(error: unknown): boolean {
  return isUnavailable(error) || isRetryable(error) || isStorageFull(error);
}

interface Line {
  writes: GroupCommit<Wish, PlacedOrder>;
  /** Pending wishes. */
  waiting: number;
}

/** Places the orders of each workspace in groups: those that arrive during a transaction go into the next one. */
export class PlacingQueue {
  private readonly transact: Transact;
  private readonly lines = new Map<string, Line>();
  private readonly underWay = new Map<string, Promise<unknown>>();

  constructor(deps: { transact: Transact }) {
    this.transact = deps.transact;
  }

  /** Resolves when the order is durable. Throws if it cannot be placed. */
  async place(wish: Wish): Promise<PlacedOrder> {
    const { intent } = wish;
    if (intent === undefined) return this.add(wish);
    const key = `${wish.workspaceId}/${wish.buyerId}/${intent.key}`;
    // A transaction never contains the same intent twice: a repeated call waits, and then finds the order.
    for (let earlier = this.underWay.get(key); earlier !== undefined; earlier = this.underWay.get(key)) await earlier;
    const placing = this.add(wish);
    this.underWay.set(
      key,
      placing.catch(() => undefined),
    );
    try {
      return await placing;
    } finally {
      this.underWay.delete(key);
    }
  }

  /** Resolves when nothing is pending. */
  async drain(): Promise<void> {
    await Promise.all([...this.lines.values()].map(({ writes }) => writes.drain()));
  }

  private async add(wish: Wish): Promise<PlacedOrder> {
    const { workspaceId } = wish;
    const line = this.lines.get(workspaceId) ?? { waiting: 0, writes: this.writesOf(workspaceId) };
    this.lines.set(workspaceId, line);
    line.waiting += 1;
    try {
      return await line.writes.add(wish);
    } finally {
      line.waiting -= 1;
      if (line.waiting === 0) this.lines.delete(workspaceId);
    }
  }

  private writesOf(workspaceId: string): GroupCommit<Wish, PlacedOrder> {
    return new GroupCommit<Wish, PlacedOrder>({
      keyOf: () => workspaceId,
      flush: (wishes) => this.flush(workspaceId, wishes),
      paceMs: PACE_MS,
      batch: BATCH,
    });
  }

  /** Places all in one transaction. If one of them cannot be stored, only that one fails. */
  private async flush(workspaceId: string, wishes: readonly Wish[]): Promise<(Outcome | Error)[]> {
    try {
      return await this.write(workspaceId, wishes);
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      if (wishes.length === 1 || isOfAll(error)) return wishes.map(() => failure);
      const results: (Outcome | Error)[] = [];
      for (const wish of wishes) results.push(...(await this.flush(workspaceId, [wish])));
      return results;
    }
  }

  /** Another node may place the same order at the same time: then the next attempt finds it. */
  private async write(workspaceId: string, wishes: readonly Wish[]): Promise<Outcome[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.transact({ actorId: null }, (work) => placeAll(work, workspaceId, wishes));
      } catch (error) {
        if (attempt >= MOST_TRIES || !isUniqueViolation(error, 'shop_order_intent')) throw error;
      }
    }
  }
}
