import type { Executor, Transaction } from '../../../platform/database/index.ts';
import { conversationIdsIn, countSent, type SentCount } from '../../chat/index.ts';
import { holdWorkspaces } from '../../workspaces/index.ts';
import {
  addMessages,
  addSenders,
  deleteCountsOfRemovedStreams,
  type QuarterCount,
  type SenderDay,
  savePositions,
  someUncounted,
  tryLockCounts,
  type Uncounted,
  uncountedOf,
} from './count-store.ts';
import { quarterBits, quarterOf, unionOf } from './quarters.ts';

/** Streams, and numbers of streams, that one transaction counts. */
const STREAMS = 500;
const BATCH = 5_000;

/** The first numbers of some streams that together make a batch. */
export function firstOf(batch: number, uncounted: readonly Uncounted[]): Uncounted[] {
  let left = batch;
  return uncounted.flatMap((each) => {
    const upTo = Math.min(each.upTo, each.after + left);
    left -= upTo - each.after;
    return upTo > each.after ? [{ ...each, upTo }] : [];
  });
}

/** The messages in those numbers. */
const sentIn = (db: Executor, uncounted: readonly Uncounted[]): Promise<SentCount[]> =>
  countSent(
    db,
    uncounted.map(({ after, stream, upTo }) => ({
      conversationId: stream.slice(stream.indexOf(':') + 1),
      after,
      upTo,
    })),
  );

/** Counts by workspace and quarter, in the order in which they are locked. */
function quartersOf(counts: readonly SentCount[]): QuarterCount[] {
  const groups = Map.groupBy(counts, ({ at, workspaceId }) => `${workspaceId} ${at.toISOString()}`);
  return [...groups]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, [first, ...more]]) =>
      first === undefined
        ? []
        : [{ ...first, messages: more.reduce((sum, { messages }) => sum + messages, first.messages) }],
    );
}

/** The quarters of each person and day, in the order in which they are locked. */
function senderDaysOf(counts: readonly SentCount[]): SenderDay[] {
  const days = new Map<string, SenderDay>();
  for (const { at, senderId: userId, workspaceId } of counts) {
    if (userId === null) continue;
    const { day, quarter } = quarterOf(at);
    const key = `${workspaceId} ${day} ${userId}`;
    const bits = quarterBits(quarter, quarter + 1);
    const known = days.get(key);
    days.set(key, { workspaceId, day, userId, quarters: known ? unionOf(known.quarters, bits) : bits });
  }
  return [...days].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, day]) => day);
}

/**
 * Counts a batch of messages. Counts and positions are written in one transaction, so that each message counts once,
 * whenever the program ends.
 * @returns true when there is more to count
 */
export async function countSome(tx: Transaction): Promise<boolean> {
  if (!(await tryLockCounts(tx))) return false;
  const uncounted = await someUncounted(tx, STREAMS);
  if (uncounted.length === 0) {
    await deleteCountsOfRemovedStreams(tx);
    return false;
  }
  const batch = firstOf(BATCH, uncounted);
  const found = await sentIn(tx, batch);
  const held = await holdWorkspaces(tx, [...new Set(found.map(({ workspaceId }) => workspaceId))]);
  const counts = found.filter(({ workspaceId }) => held.has(workspaceId));
  await addMessages(tx, quartersOf(counts));
  await addSenders(tx, senderDaysOf(counts));
  await savePositions(tx, batch);
  return true;
}

/** The messages of a workspace that are not counted yet: those of the last minute, as a rule. */
export async function sentSince(db: Executor, workspaceId: string): Promise<SentCount[]> {
  const streams = (await conversationIdsIn(db, workspaceId)).map((id) => `conversation:${id}` as const);
  const uncounted = await uncountedOf(db, streams);
  return uncounted.length === 0 ? [] : sentIn(db, uncounted);
}
