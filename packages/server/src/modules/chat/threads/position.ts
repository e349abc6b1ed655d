import type { EventData } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { type FollowerState, followersFor } from './store.ts';

/** A user's position in a thread, following it or not. */
export type ThreadPosition = Omit<EventData['thread:standing'], 'conversationId'>;

/** A position as its user sees it. */
export function presentThreadPosition({ thread_id, read_seq, unread, following }: FollowerState): ThreadPosition {
  return { threadId: thread_id, readSeq: read_seq, unread, following };
}

function nowhere(threadId: string): ThreadPosition {
  return { threadId, readSeq: 0, unread: 0, following: false };
}

/** A user's position in a thread; a user without one does not follow it. */
export async function threadPositionOf(db: Executor, threadId: string, userId: string): Promise<ThreadPosition> {
  const [place] = await followersFor(db, [{ threadId, userId }]);
  return place ? presentThreadPosition(place) : nowhere(threadId);
}

/** A user and a thread that they follow or followed. */
export type ThreadFollower = { conversationId: string; threadId: string; userId: string };

/** The same for many at once, in the given order; the threads themselves may be deleted. */
export async function threadPositions(
  db: Executor,
  places: readonly ThreadFollower[],
): Promise<EventData['thread:standing'][]> {
  const keyOf = (threadId: string, userId: string) => `${threadId} ${userId}`;
  const found = (await followersFor(db, places)).map((row): [string, FollowerState] => [
    keyOf(row.thread_id, row.account_id),
    row,
  ]);
  const byKey = new Map(found);
  return places.map(({ conversationId, threadId, userId }) => {
    const row = byKey.get(keyOf(threadId, userId));
    return { conversationId, ...(row ? presentThreadPosition(row) : nowhere(threadId)) };
  });
}
