import { useCallback, useEffect, useRef } from 'react';
import { client } from '../../../../live/client.ts';

/** A typing notice expires on the server after 6 s; it is repeated a little earlier. */
const REPEAT = 4_000;

/** Tells the others that the user is typing, or has stopped. */
export function useTyping(conversationId: string): (isTyping: boolean) => void {
  const toldAt = useRef<number>(undefined);
  const tell = useCallback(
    (isTyping: boolean) => {
      if (client.state.connection !== 'online') return;
      const isFresh = toldAt.current !== undefined && performance.now() - toldAt.current < REPEAT;
      if (isTyping === isFresh || (!isTyping && toldAt.current === undefined)) return;
      toldAt.current = isTyping ? performance.now() : undefined;
      // A failure is ignored.
      client.call(isTyping ? 'typing.start' : 'typing.stop', { conversationId }).catch(() => undefined);
    },
    [conversationId],
  );
  useEffect(() => () => tell(false), [tell]);
  return tell;
}
