import type { LiveConversation, Message } from '@atrium/client';

/** What is offered at a message; the server decides once more. */
export interface MessageCan {
  edit: boolean;
  delete: boolean;
  pin: boolean;
  react: boolean;
  history: boolean;
}

/** Mine can be changed; whoever runs the conversation may delete; nothing can be done where it is archived. */
export function messageCan(
  { senderId, type, deletedAt }: Pick<Message, 'senderId' | 'type' | 'deletedAt'>,
  conversation: Pick<LiveConversation, 'archivedAt' | 'members'> | undefined,
  myId: string | undefined,
): MessageCan {
  const isOpen =
    conversation !== undefined && conversation.archivedAt === null && type !== 'system' && deletedAt === undefined;
  const isMine = senderId === myId;
  const isManager = conversation?.members[myId ?? '']?.role === 'manager';
  const isMember = conversation?.members[myId ?? ''] !== undefined;
  return {
    edit: isOpen && isMine,
    delete: isOpen && (isMine || isManager),
    pin: isOpen && isMember,
    react: isOpen && isMember,
    history: isMine || isManager,
  };
}
