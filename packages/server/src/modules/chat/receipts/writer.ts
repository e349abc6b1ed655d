import type { ReceiptStep, StreamName } from '@atrium/protocol';
import { isLockTimeout, limitLockWait } from '../../../platform/database/index.ts';
import { problem, type Transact, type UserActor, type Work } from '../../../platform/module/index.ts';
import { BLOCKED, GroupCommit, lockStreams, type NewEvent, type Publish } from '../../../platform/stream/index.ts';
import { refusedCredentials } from '../../identity/index.ts';
import { conversationStream } from '../rows/stream.ts';
import { hideFrom, membersHidingReceipts } from './sharing.ts';
import { type MovedReceipt, moveReceipts, type ReceiptMove } from './writer-store.ts';

/** Marks come in bursts, one from each reader of a message; together they are one write and one event. */
const PACE_MS = 100;
/** A locked conversation delays the marks that are written with it by this much, once. */
const LOCK_WAIT_MS = 200;

/** A move, and the call of the member, who must still be signed in; undefined if the server itself moves it. */
export interface CalledMove extends ReceiptMove {
  caller: UserActor | undefined;
}

export interface ReceiptWriterDeps {
  publish: Publish;
  transact: Transact;
}

/** Moves receipts, many at once, and tells everyone who may see them. */
export class ReceiptWriter {
  private readonly deps: ReceiptWriterDeps;
  private readonly writes: GroupCommit<CalledMove, MovedReceipt>;

  constructor(deps: ReceiptWriterDeps) {
    this.deps = deps;
    this.writes = new GroupCommit({
      keyOf: (move) => move.conversationId,
      flush: (moves, alone) => (alone ? this.flush(moves) : this.flushTogether(moves)),
      paceMs: PACE_MS,
    });
  }

  /**
   * Resolves when the marks are durable.
   * @throws `not_found` if the user is no longer a member, `invalid_token` if the caller is no longer signed in
   */
  move(move: CalledMove): Promise<MovedReceipt> {
    return this.writes.add(move);
  }

  /** The number of its writes so far, and of the items in them. */
  get totals(): { readonly writes: number; readonly items: number } {
    return this.writes.totals;
  }

  /** Resolves when all pending marks are written. */
  drain(): Promise<void> {
    return this.writes.drain();
  }

  private async flushTogether(moves: readonly CalledMove[]): Promise<(MovedReceipt | Error | typeof BLOCKED)[]> {
    try {
      return await this.flush(moves, LOCK_WAIT_MS);
    } catch (error) {
      if (isLockTimeout(error)) return moves.map(() => BLOCKED);
      throw error;
    }
  }

  private async flush(moves: readonly CalledMove[], lockWaitMs?: number): Promise<(MovedReceipt | Error)[]> {
    const { publish, transact } = this.deps;
    const { receipts, refused } = await transact({ actorId: null, publish }, async (work) => {
      if (lockWaitMs !== undefined) await limitLockWait(work.tx, lockWaitMs);
      const callers = moves.map(({ caller }) => caller);
      const refused = await refusedCredentials(work.tx, callers, { waits: true });
      const moved = await moveReceipts(work.tx, furthestOf(moves.filter((move) => !isRefused(move, refused))));
      for (const { stream, type, body, effect, actorId } of await eventsFor(work, moved)) {
        (actorId === null ? work : work.as(actorId)).append(stream, type, body as never, effect);
      }
      return { receipts: moved, refused };
    });
    const byKey = new Map(receipts.map((receipt) => [keyOf(receipt), receipt]));
    return moves.map((move) =>
      isRefused(move, refused) ? problem('invalid_token') : (byKey.get(keyOf(move)) ?? problem('not_found')),
    );
  }
}

/** One event per conversation for all members who share their receipts; the others tell only their own devices. */
async function eventsFor({ tx, tell }: Work, receipts: readonly MovedReceipt[]): Promise<NewEvent[]> {
  const changed = receipts.filter(({ moved }) => moved);
  const moved = Map.groupBy(changed, ({ conversationId }) => conversationId);
  const ids = [...moved.keys()];
  if (changed.length > 0) await tell('conversations:read', { reads: changed });
  // A concurrent change of members or of who hides receipts commits before or after this event.
  await lockStreams(tx, ids.map(conversationStream));
  const hidden = await membersHidingReceipts(tx, ids);
  return [...moved].flatMap(([id, steps]) => eventsOf(id, steps, hidden.get(id)));
}

/** @param hidden the users who hide receipts; undefined: all do */
function eventsOf(
  conversationId: string,
  moved: readonly MovedReceipt[],
  hidden: ReadonlySet<string> | undefined,
): NewEvent[] {
  const open = moved.filter(({ userId }) => hidden !== undefined && !hidden.has(userId));
  const own = moved.filter((receipt) => !open.includes(receipt));
  const toEvent = (stream: StreamName, receipts: readonly MovedReceipt[]): NewEvent => ({
    stream,
    type: 'message:ack',
    actorId: receipts.length === 1 ? (receipts[0]?.userId ?? null) : null,
    body: { conversationId, receipts: receipts.map(toStep) },
  });
  const events = own.map((receipt) => toEvent(`user:${receipt.userId}`, [receipt]));
  if (open.length === 0 || hidden === undefined) return events;
  // Users who hide their own do not see those of others.
  const effect = hideFrom(hidden, { conversationId, receipts: [] });
  return [...events, { ...toEvent(conversationStream(conversationId), open), effect }];
}

function keyOf({ conversationId, userId }: Pick<ReceiptMove, 'conversationId' | 'userId'>): string {
  return `${conversationId}/${userId}`;
}

function isRefused({ caller }: CalledMove, refused: ReadonlySet<string>): boolean {
  return caller !== undefined && refused.has(caller.sessionId);
}

/** One move per conversation and member. */
function furthestOf(moves: readonly ReceiptMove[]): ReceiptMove[] {
  const furthest = new Map<string, ReceiptMove>();
  for (const move of moves) furthest.set(keyOf(move), further(furthest.get(keyOf(move)), move));
  return [...furthest.values()];
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
