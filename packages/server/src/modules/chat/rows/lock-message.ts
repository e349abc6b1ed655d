import type { Transaction } from '../../../platform/database/index.ts';
import { problem } from '../../../platform/module/index.ts';
import type { MessageSubject } from './access.ts';
import { lockMessage } from './message-store.ts';
import type { MessageRow } from './tables.ts';

/**
 * Locks a message for a change; its conversation is held.
 * @returns the message in its current state
 * @throws `archived` if the conversation is archived, `not_found` if the message was deleted in the meantime
 */
export async function lockMessageForChange(
  tx: Transaction,
  { conversation, message }: MessageSubject,
): Promise<MessageRow> {
  const locked = await lockMessage(tx, message.id);
  if (locked === undefined) throw problem('not_found');
  if (conversation.archived_at !== null) throw problem('archived');
  return locked;
}
