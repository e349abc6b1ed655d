import type { Message, MessageCan } from '@atrium/protocol';
import { messageCanOf } from '@atrium/protocol/rules';
import type { LiveConversation } from './state.ts';

/**
 * What the user may do with a message, by the rules of the server.
 * @param conversation undefined if it is not in the state; then only saving is offered
 */
export function messageCan(
  conversation: Pick<LiveConversation, 'archivedAt' | 'can' | 'members'> | undefined,
  { senderId, type, deletedAt }: Pick<Message, 'senderId' | 'type' | 'deletedAt'>,
  myId: string | undefined,
): MessageCan {
  const place = {
    isMember: myId !== undefined && conversation?.members[myId] !== undefined,
    moderates: conversation?.can.moderate ?? false,
    isArchived: conversation === undefined || conversation.archivedAt !== null,
  };
  return messageCanOf(place, { isMine: senderId === myId, type, isDeleted: deletedAt !== undefined });
}
