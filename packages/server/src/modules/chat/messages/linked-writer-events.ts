import type { Executor } from '../../../platform/database/index.ts';
import type { CommittedEvent, NewEvent, StoredEvent } from '../../../platform/stream/index.ts';
import type { ResolvedMentions } from '../mentions/resolve.ts';
import { presentMention, presentMessage, presentThreadOf } from '../rows/present.ts';
import { conversationStream } from '../rows/stream.ts';
import type { MessageRow } from '../rows/tables.ts';
import { type ThreadFollower, threadPositions } from '../threads/position.ts';
import type { LinkedMessageRow } from './linked-writer-store.ts';

/** The events of a message: its own, those of its thread, and one for each mentioned person. */
export function eventsOf(row: LinkedMessageRow, meant: ResolvedMentions, others: readonly NewEvent[]): NewEvent[] {
  const { id: messageId, sender_id: actorId } = row;
  const stream = conversationStream(row.conversation_id);
  return [
    { stream, type: 'message:receive', actorId, body: { messageId } },
    ...others,
    ...meant.everyone.map(
      (userId): NewEvent => ({ stream: `user:${userId}`, type: 'mention:received', actorId, body: { messageId } }),
    ),
  ];
}

/** Adds known data to events, so that the pump need not query it: everything except positions in the thread. */
export function withData(
  events: readonly StoredEvent[],
  { row, root }: { row: MessageRow; root: MessageRow | undefined },
): CommittedEvent[] {
  const data: Record<string, Record<string, unknown> | undefined> = {
    'message:receive': { ...presentMessage(row) },
    'mention:received': presentMention(row),
    'thread:updated': root && presentThreadOf(root),
    'draft:updated': { conversationId: row.conversation_id, threadId: row.thread_id, draft: null },
  };
  return events.map((event) => ({ ...event, data: data[event.type] }));
}

/**
 * Adds the thread positions of connected users, in one query for all. It runs after the commit, so that nobody waits
 * for it.
 */
export async function withThreadPositions(
  db: Executor,
  events: readonly CommittedEvent[],
  isHere: (userId: string) => boolean,
): Promise<CommittedEvent[]> {
  const places = new Map(
    events.flatMap((event): [CommittedEvent, ThreadFollower][] => {
      const place = event.body as ThreadFollower;
      return event.type === 'thread:standing' && isHere(place.userId) ? [[event, place]] : [];
    }),
  );
  if (places.size === 0) return [...events];
  const standings = await threadPositions(db, [...places.values()]);
  const data = new Map([...places.keys()].map((event, at) => [event, standings[at]]));
  return events.map((event) => ({ ...event, data: event.data ?? data.get(event) }));
}
