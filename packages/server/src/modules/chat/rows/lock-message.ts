import type { Transaction } from '../../../platform/database/index.ts';
import { problem } from '../../../platform/module/index.ts';
import type { MessageSubject } from './access.ts';
import { holdConversation } from './conversation-store.ts';
import { lockMessage } from './message-store.ts';
import type { MessageRow } from './tables.ts';

/**
 * Holds the conversation and locks the message for a change.
 * @returns the message as it is now
 * @throws `archived` where nothing changes any more, `not_found` when it is gone meanwhile
 */
export async function lockMessageForChange(
  tx: Transaction,
  { message }: Pick<MessageSubject, 'message'>,
): Promise<MessageRow> {
  const conversation = await holdConversation(tx, message.conversation_id);
  const locked = conversation && (await lockMessage(tx, message.id));
  if (conversation === undefined || locked === undefined) throw problem('not_found');
  if (conversation.archived_at !== null) throw problem('archived');
  return locked;
}
