import type { Message } from '@atrium/client';
import { useEffect, useMemo, useRef, useState } from 'react';
import { client } from '../../../live/client.ts';
import { useOperations } from '../../../live/use-operation.ts';
import { groupsOf } from './groups.ts';
import { type Cards, mergedCards } from './merged-cards.ts';

const NO_MESSAGES: readonly Message[] = [];

/**
 * The tasks that the messages of a conversation link to or were turned into, if the user sees them, by message. They are
 * requested for many messages together, and not for messages that arrive while the conversation is open and link to
 * none.
 */
export function useMessageCards(conversationId: string, messages: readonly Message[] = NO_MESSAGES): Cards {
  const arrival = useArrival(conversationId);
  const groups = useMemo(() => groupsOf(messages, arrival.from), [messages, arrival]);
  const answers = useOperations(
    'tasks.ofMessages',
    groups.map((messageIds) => ({ conversationId, messageIds })),
  );
  const shown = useRef<Cards>(new Map());
  shown.current = mergedCards(
    shown.current,
    groups.map((messageIds, at) => ({ messageIds, items: answers[at]?.data?.items })),
  );
  return shown.current;
}

/**
 * Notes the position of the first message that has arrived since the conversation was opened. What was missed in between,
 * or turned into a task since, does not count as arrived.
 * @returns a new object when earlier results no longer hold
 */
function useArrival(conversationId: string): { readonly from: number } {
  const [arrival, setArrival] = useState(notArrived);
  useEffect(() => {
    const stops = [
      client.on('event', ({ type, data }) => {
        const { conversationId: where, seq } = data as { conversationId?: string; seq?: number };
        if (where !== conversationId) return;
        if (type === 'message:task') setArrival(notArrived());
        // Nothing is rendered for it: the message itself is about to be.
        if (type === 'message:receive' && seq !== undefined) arrival.from = Math.min(arrival.from, seq);
      }),
      client.on('reset', () => setArrival(notArrived())),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [arrival, conversationId]);
  return arrival;
}

const notArrived = () => ({ from: Number.POSITIVE_INFINITY });
