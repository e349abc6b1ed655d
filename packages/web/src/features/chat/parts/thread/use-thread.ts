import type { Message } from '@atrium/client';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { client } from '../../../../live/client.ts';
import { useLive } from '../../../../live/use-live.ts';

const PAGE = 100;

/**
 * A thread: its first message and its replies, oldest first. Messages of the conversation that arrive by the stream
 * keep the loaded part complete.
 */
export function useThread(conversationId: string, threadId: string) {
  const [loaded, setLoaded] = useState<{ root: Message; items: Message[]; moreBefore: boolean; following: boolean }>();
  const [error, setError] = useState<unknown>();
  const live = useLive(({ messages }) => messages[conversationId]?.items);
  const [arrived, setArrived] = useState<ReadonlyMap<string, Message>>(new Map());

  const load = useCallback(async () => {
    try {
      const { items, message, moreBefore, standing } = await client.call('threads.replies', {
        messageId: threadId,
        limit: PAGE,
      });
      setLoaded({ root: message, items, moreBefore, following: standing.following });
      setError(undefined);
    } catch (problem) {
      setError(problem);
    }
  }, [threadId]);
  const before = useCallback(async () => {
    const first = loaded?.items.find(({ id }) => id !== threadId)?.seq;
    if (first === undefined) return;
    const { items, moreBefore } = await client.call('threads.replies', {
      messageId: threadId,
      limit: PAGE,
      before: first,
    });
    setLoaded((known) => known && { ...known, items: [...items, ...known.items], moreBefore });
  }, [loaded, threadId]);

  useEffect(() => void load(), [load]);
  // Events of the thread while it is open, wherever the conversation itself is scrolled to.
  useEffect(
    () =>
      client.on('event', ({ type, data, meta }) => {
        if (meta.stream !== `conversation:${conversationId}`) return;
        if (type === 'message:receive' || type === 'message:updated' || type === 'message:deleted') {
          if (data.id === threadId || data.threadId === threadId)
            setArrived((known) => new Map(known).set(data.id, data));
        } else if (type === 'reaction:added' || type === 'reaction:removed') void load();
      }),
    [conversationId, threadId, load],
  );
  useEffect(() => client.on('reset', () => void load()), [load]);

  const messages = useMemo(() => {
    if (!loaded) return undefined;
    const current = new Map((live ?? []).map((message) => [message.id, message]));
    const all = new Map([loaded.root, ...loaded.items].map((message) => [message.id, message]));
    for (const [id, message] of arrived) if ((all.get(id)?.version ?? 0) <= message.version) all.set(id, message);
    return [...all.values()]
      .map((message) => current.get(message.id) ?? message)
      .sort((one, other) => one.seq - other.seq);
  }, [loaded, live, arrived]);

  return {
    messages,
    moreBefore: loaded?.moreBefore ?? false,
    before,
    following: loaded?.following ?? false,
    error,
    retry: load,
    reload: load,
  };
}
