import type { NotificationCause, NotificationType } from '@atrium/protocol';
import type { WrittenMessage } from '../../chat/index.ts';
import type { ConversationLevelRow } from '../rows/tables.ts';

/** A person to notify of a message, and why. */
export interface Recipient {
  accountId: string;
  type: NotificationType;
  cause: NotificationCause;
  /** Messages with one key share a notification until it is read. */
  groupKey: string;
  /** It mentions them or answers one of their messages. */
  addressed: boolean;
}

/**
 * The people to notify of a message, each once and for the most specific reason: people mentioned in it, then followers
 * of its thread, then people who want every message of the conversation. Never the sender or non-members.
 * @param levels the people's levels for the conversation
 */
export function recipientsOf(
  message: Pick<
    WrittenMessage,
    'conversationId' | 'kind' | 'senderId' | 'threadId' | 'members' | 'mentioned' | 'followers'
  >,
  levels: ReadonlyMap<string, ConversationLevelRow['level']>,
): Recipient[] {
  const { conversationId, followers, kind, members, mentioned, senderId, threadId } = message;
  const place = threadId === null ? conversationId : threadId;
  const isReply = threadId !== null;
  const everyone = kind === 'direct' ? members : [...members].filter((id) => levels.get(id) === 'all');
  const said = {
    type: 'message',
    cause: isReply ? 'message_reply' : 'message',
    groupKey: `messages ${place}`,
  } as const;
  const wanted: Recipient[] = [
    ...[...everyone].map((accountId) => ({ ...said, accountId, addressed: false })),
    ...followers.map((accountId) => ({ ...said, accountId, addressed: true })),
    ...mentioned.map((accountId) => ({
      type: 'mention' as const,
      cause: 'message_mention' as const,
      groupKey: `mentions ${place}`,
      accountId,
      addressed: true,
    })),
  ];
  // The last one counts.
  const each = new Map(wanted.map((recipient) => [recipient.accountId, recipient]));
  return [...each.values()].filter(({ accountId }) => accountId !== senderId && members.has(accountId));
}
