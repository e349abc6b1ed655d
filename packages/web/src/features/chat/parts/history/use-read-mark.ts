import { useEffect, useRef, useState } from 'react';
import { client } from '../../../../live/client.ts';
import { useLive } from '../../../../live/use-live.ts';

/** How far I have read a conversation, as the live state knows it now. */
function readSeqOf(conversationId: string): number | undefined {
  const { conversations, me } = client.state;
  return conversations[conversationId]?.receipts[me?.id ?? '']?.readSeq;
}

/** How far I had read when the conversation was opened, or when I came back to it: the line above new messages stays there. */
export function useOpenedAt(conversationId: string): { readSeq: number | undefined; reset: () => void } {
  const [readSeq, setReadSeq] = useState(() => readSeqOf(conversationId));
  const isKnown = useLive(({ conversations }) => conversations[conversationId] !== undefined);
  useEffect(() => {
    if (isKnown) setReadSeq((known) => known ?? readSeqOf(conversationId));
    const left = () => document.visibilityState === 'hidden' && setReadSeq(readSeqOf(conversationId));
    document.addEventListener('visibilitychange', left);
    return () => document.removeEventListener('visibilitychange', left);
  }, [conversationId, isKnown]);
  return { readSeq, reset: () => setReadSeq(readSeqOf(conversationId)) };
}

/** Says that I have read up to a message, while the page is looked at. */
export function useMarkRead(conversationId: string, seq: number | undefined): void {
  const told = useRef(0);
  useEffect(() => {
    const mark = () => {
      if (seq === undefined || seq <= told.current || document.visibilityState === 'hidden' || !document.hasFocus())
        return;
      told.current = seq;
      client.markRead(conversationId, seq);
    };
    mark();
    addEventListener('focus', mark);
    document.addEventListener('visibilitychange', mark);
    return () => {
      removeEventListener('focus', mark);
      document.removeEventListener('visibilitychange', mark);
    };
  }, [conversationId, seq]);
}
