import { type EventData, type StreamName, typing } from '@atrium/protocol';
import { direct, type Implementation, problem } from '../../../platform/module/index.ts';
import { TYPING_MS } from '../rows/policy.ts';
import { conversationStream } from '../rows/stream.ts';

/** Sends to connected users; messages may be dropped. */
export interface Broadcaster {
  /** Sends to everyone who follows one of the streams, except to one user's connections. */
  broadcast(
    streams: readonly StreamName[],
    type: 'typing',
    data: EventData['typing'],
    options?: { exceptUserId?: string },
  ): void;
}

/** Tells others who is typing. Nothing is stored. */
export function typingOperations(connections: Broadcaster): Implementation[] {
  const tell = (conversationId: string, userId: string, until: string) => {
    const data = { conversationId, userId, until };
    connections.broadcast([conversationStream(conversationId)], 'typing', data, { exceptUserId: userId });
  };
  return [
    direct(typing.start, ({ actor, subject, now }) => {
      const { conversation } = subject;
      if (conversation.archived_at !== null) throw problem('archived');
      const until = new Date(now.getTime() + TYPING_MS).toISOString();
      tell(conversation.id, actor.userId, until);
      return { until };
    }),

    direct(typing.stop, ({ actor, subject, now }) => {
      tell(subject.conversation.id, actor.userId, now.toISOString());
      return {};
    }),
  ];
}
