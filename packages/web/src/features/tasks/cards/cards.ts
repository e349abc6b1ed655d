import type { Message } from '@atrium/client';
import type { TaskCard } from '@atrium/protocol';
import { useEffect, useMemo, useRef, useState } from 'react';
import { client } from '../../../live/client.ts';
import { useOperations } from '../../../live/use-operation.ts';
import { groupsOf } from './groups.ts';

export type Cards = ReadonlyMap<string, readonly TaskCard[]>;

/**
 * The tasks that the messages of a conversation link to or were turned into, if the user sees them, by message. Each
 * list stays the same object until it changes. They are requested for many messages together, and not for those that
 * arrive while the conversation is open and link to none.
 */
export function useMessageCards(conversationId: string, messages: readonly Message[]): Cards {
  const [askedUntil, setAskedUntil] = useState(() => client.now());
  useEffect(
    () =>
      client.on('event', ({ type, data }) => {
        const isHere = (data as { conversationId?: string }).conversationId === conversationId;
        if (type === 'message:task' && isHere) setAskedUntil(client.now());
      }),
    [conversationId],
  );
  const groups = useMemo(() => groupsOf(messages, askedUntil), [messages, askedUntil]);
  const answers = useOperations(
    'tasks.ofMessages',
    groups.map((messageIds) => ({ conversationId, messageIds })),
  );
  const shown = useRef<Cards>(new Map());
  // A group with one message more is another request: until it is answered, what is known stays.
  if (answers.every(({ data }) => data !== undefined)) {
    const items = answers.flatMap(({ data }) => data?.items ?? []);
    shown.current = sharing(
      shown.current,
      Map.groupBy(items, ({ messageId }) => messageId),
    );
  }
  return shown.current;
}

type Items = readonly { card: TaskCard }[];

/** The new cards, with the lists that have not changed. */
function sharing(before: Cards, now: ReadonlyMap<string, Items>): Cards {
  const next = [...now].map(([id, items]): [string, readonly TaskCard[]] => {
    const known = before.get(id);
    const isSame = known?.length === items.length && items.every(({ card }, at) => card === known[at]);
    return [id, isSame ? known : items.map(({ card }) => card)];
  });
  const isSame = next.length === before.size && next.every(([id, cards]) => before.get(id) === cards);
  return isSame ? before : new Map(next);
}
