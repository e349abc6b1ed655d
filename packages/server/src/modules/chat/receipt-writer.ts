import type { ReceiptStep, StreamName } from '@atrium/protocol';
import type { Database, Executor } from '../../platform/database/index.ts';
import { problem } from '../../platform/operations/problem-error.ts';
import { appendEvents, GroupCommit, type NewEvent, type StreamHub } from '../../platform/stream/index.ts';
import { type MovedReceipt, moveReceipts, type ReceiptMove } from './receipt-writer-store.ts';
import { receiptsHiddenBy, sharesReceipts } from './receipts.ts';
import type { RoomCache } from './room-cache.ts';

/** Marks come in bursts, one of each reader of a message; together they are one write and one event. */
const LINGER_MS = 100;

export interface ReceiptWriterDeps {
  database: Pick<Database, 'transaction'>;
  hub: Pick<StreamHub, 'committed'>;
  rooms: RoomCache;
}

/** Moves receipts, many at once, and tells those who may see them. */
export class ReceiptWriter {
  private readonly deps: ReceiptWriterDeps;
  private readonly writes: GroupCommit<ReceiptMove, MovedReceipt>;

  constructor(deps: ReceiptWriterDeps) {
    this.deps = deps;
    this.writes = new GroupCommit({
      laneOf: (move) => move.conversationId,
      flush: (moves) => this.flush(moves),
      lingerMs: LINGER_MS,
    });
  }

  /** Resolves when the marks are durable. @throws `not_found` when the person is no longer a member */
  move(move: ReceiptMove): Promise<MovedReceipt> {
    return this.writes.add(move);
  }

  /** Resolves when everything under way is written. */
  drain(): Promise<void> {
    return this.writes.drain();
  }

  private async flush(moves: readonly ReceiptMove[]): Promise<(MovedReceipt | Error)[]> {
    const furthest = new Map<string, ReceiptMove>();
    for (const move of moves) furthest.set(keyOf(move), further(furthest.get(keyOf(move)), move));
    const { receipts, events } = await this.deps.database.transaction(async (tx) => {
      const moved = await moveReceipts(tx, [...furthest.values()]);
      return { receipts: moved, events: await appendEvents(tx, await this.eventsFor(tx, moved)) };
    });
    this.deps.hub.committed(events);
    const byKey = new Map(receipts.map((receipt) => [keyOf(receipt), receipt]));
    return moves.map((move) => byKey.get(keyOf(move)) ?? problem('not_found'));
  }

  /** One event per conversation for all who share their receipts; the others tell only their own devices. */
  private async eventsFor(tx: Executor, receipts: readonly MovedReceipt[]): Promise<NewEvent[]> {
    const moved = receipts.filter((receipt) => receipt.moved);
    const events: NewEvent[] = [];
    for (const conversationId of new Set(moved.map((receipt) => receipt.conversationId))) {
      const steps = moved.filter((receipt) => receipt.conversationId === conversationId);
      events.push(...(await this.eventsOf(tx, conversationId, steps)));
    }
    return events;
  }

  private async eventsOf(tx: Executor, conversationId: string, moved: readonly MovedReceipt[]): Promise<NewEvent[]> {
    const members = [...((await this.deps.rooms.get(conversationId))?.members ?? [])];
    const shares = sharesReceipts(members.length);
    const hidden = shares ? await receiptsHiddenBy(tx, members) : new Set(members);
    const open = moved.filter((receipt) => shares && !hidden.has(receipt.userId));
    const own = moved.filter((receipt) => !open.includes(receipt));
    const toEvent = (stream: StreamName, receipts: readonly MovedReceipt[]): NewEvent => ({
      stream,
      type: 'message:ack',
      actorId: receipts.length === 1 ? (receipts[0]?.userId ?? null) : null,
      body: { conversationId, receipts: receipts.map(toStep) },
    });
    const events = own.map((receipt) => toEvent(`user:${receipt.userId}`, [receipt]));
    if (open.length > 0) {
      const shared = toEvent(`conversation:${conversationId}`, open);
      // Who hides their own does not see those of others.
      const instead = { users: [...hidden], data: { conversationId, receipts: [] } };
      events.push(hidden.size > 0 ? { ...shared, effect: { instead } } : shared);
    }
    return events;
  }
}

function keyOf({ conversationId, userId }: Pick<ReceiptMove, 'conversationId' | 'userId'>): string {
  return `${conversationId}/${userId}`;
}

function further(a: ReceiptMove | undefined, b: ReceiptMove): ReceiptMove {
  if (a === undefined) return b;
  return {
    ...b,
    deliveredSeq: Math.max(a.deliveredSeq, b.deliveredSeq),
    readSeq: Math.max(a.readSeq, b.readSeq),
  };
}

function toStep({ userId, deliveredSeq, readSeq, newlyRead }: MovedReceipt): ReceiptStep {
  return { userId, deliveredSeq, readSeq, newlyRead };
}
