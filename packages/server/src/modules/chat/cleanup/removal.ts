import type { StreamName } from '@atrium/protocol';
import type { Work } from '../../../platform/module/index.ts';
import { deleteConversations } from '../rows/conversation-store.ts';
import { conversationsByMember, deleteMembersOf } from '../rows/member-store.ts';
import { conversationStream } from '../rows/stream.ts';
import { clearConversations } from './clearing.ts';

/** Maximum number of conversations that one statement deletes. */
const AT_ONCE = 1_000;

/**
 * Deletes conversations that the caller has locked. They are gone for everyone when the transaction ends, however many
 * messages they have; a job deletes the rows. Streams are deleted last, because they are locked last: a message in
 * flight is among the rows to be deleted.
 * @returns the streams that people followed, by person: the caller tells them
 */
export async function removeConversations(
  { tx, endStreams, enqueue, tell }: Pick<Work, 'tx' | 'endStreams' | 'enqueue' | 'tell'>,
  conversationIds: readonly string[],
): Promise<Map<string, StreamName[]>> {
  const ids = [...conversationIds].sort();
  await tell('conversation:deleting', { conversationIds: ids });
  const byMember = await conversationsByMember(tx, ids);
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE);
    await deleteMembersOf(tx, some);
    await deleteConversations(tx, some);
  }
  endStreams(ids.map(conversationStream));
  enqueue(clearConversations, {});
  return new Map([...byMember].map(([userId, of]) => [userId, of.map(conversationStream)]));
}
