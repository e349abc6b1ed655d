import type { Work } from '../../../platform/module/index.ts';
import { updateWatched } from '../rows/conversation-store.ts';
import { conversationStream } from '../rows/stream.ts';
import type { ConversationRow } from '../rows/tables.ts';

/** Turns the reporting of every message of a conversation to other modules on or off. The caller has locked it. */
export async function watchConversation(
  { tx, append }: Pick<Work, 'tx' | 'append'>,
  { id, is_watched }: ConversationRow,
  isWatched: boolean,
): Promise<void> {
  if (is_watched === isWatched) return;
  await updateWatched(tx, id, isWatched);
  // The writers cache it.
  append(conversationStream(id), 'conversation:updated', { conversationId: id }, { fence: true });
}
