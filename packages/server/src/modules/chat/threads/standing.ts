import type { EventData } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { type FollowerState, followersFor } from './thread-store.ts';

/** Where someone stands in a thread, following it or not. */
export type Standing = Omit<EventData['thread:standing'], 'conversationId'>;

/** Someone's place as they see it. */
export function presentStanding({ thread_id, read_seq, unread, following }: FollowerState): Standing {
  return { threadId: thread_id, readSeq: read_seq, unread, following };
}

/** Where someone stands in a thread; who has no place in it does not follow. */
export async function standingIn(db: Executor, threadId: string, userId: string): Promise<Standing> {
  const [place] = await followersFor(db, [{ threadId, userId }]);
  return place ? presentStanding(place) : { threadId, readSeq: 0, unread: 0, following: false };
}
