import { useCallback, useEffect, useRef, useState } from 'react';
import { client } from '../../../../live/client.ts';
import { useLive } from '../../../../live/use-live.ts';

type Way = 'before' | 'after';

/**
 * Loads a conversation's history: first around the first unread message, or around a position; then more at either end.
 * @param at a position to show, as in a link to a message
 */
export function useLoading(conversationId: string, at: number | undefined) {
  const isLoaded = useLive(({ messages }) => messages[conversationId] !== undefined);
  const isThere = useLive(
    ({ messages }) => at === undefined || (messages[conversationId]?.items.some(({ seq }) => seq === at) ?? false),
  );
  const [error, setError] = useState<unknown>();
  const reached = useRef<number>(undefined);
  const under = useRef<Partial<Record<Way | 'first', boolean>>>({});

  const run = useCallback(async (what: Way | 'first', load: () => Promise<unknown>) => {
    if (under.current[what]) return;
    under.current[what] = true;
    try {
      await load();
      setError(undefined);
    } catch (problem) {
      setError(problem);
    } finally {
      under.current[what] = false;
    }
  }, []);
  const first = useCallback(
    () =>
      run('first', () =>
        client.loadMessages(conversationId, at === undefined ? { from: 'firstUnread' } : { around: at }),
      ),
    [run, conversationId, at],
  );
  const more = useCallback(
    (way: Way) => run(way, () => client.loadMessages(conversationId, { direction: way })),
    [run, conversationId],
  );
  const newest = useCallback(async () => {
    reached.current = at;
    // A page after a gap replaces the loaded part.
    await run('first', () => client.loadMessages(conversationId));
  }, [run, conversationId, at]);

  useEffect(() => {
    // It scrolls to a position once: the message may be deleted, and the reader may continue to the newest.
    const wanted = at !== undefined && reached.current !== at;
    if (isThere && at !== undefined) reached.current = at;
    if (!isLoaded || (wanted && !isThere)) void first();
    if (wanted) reached.current = at;
  }, [first, isLoaded, isThere, at]);

  return { isLoaded, error, retry: first, more, newest };
}
