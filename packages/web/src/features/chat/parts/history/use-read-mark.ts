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
  const live = useLive(({ conversations, me }) => conversations[conversationId]?.receipts[me?.id ?? '']?.readSeq);
  // It goes back with messages that are made unread again.
  useEffect(() => {
    if (live !== undefined) setReadSeq((known) => Math.min(known ?? live, live));
  }, [live]);
  useEffect(() => {
    const left = () => document.visibilityState === 'hidden' && setReadSeq(readSeqOf(conversationId));
    document.addEventListener('visibilitychange', left);
    return () => document.removeEventListener('visibilitychange', left);
  }, [conversationId]);
  return { readSeq, reset: () => setReadSeq(readSeqOf(conversationId)) };
}

/** Conversations that are open and stay unread until they are left. */
const keptUnread = new Set<string>();

/** While it is open, a conversation is not read again by looking at it. */
export const keepUnread = (conversationId: string): unknown => keptUnread.add(conversationId);

/** Says that I have read up to a message, while the page is looked at. */
export function useMarkRead(conversationId: string, seq: number | undefined): void {
  const told = useRef(0);
  useEffect(() => () => void keptUnread.delete(conversationId), [conversationId]);
  useEffect(() => {
    const mark = () => {
      if (seq === undefined || seq <= told.current || keptUnread.has(conversationId)) return;
      if (document.visibilityState === 'hidden' || !document.hasFocus()) return;
      // On the way to another page it may be drawn once more.
      if (!location.pathname.startsWith(`/c/${conversationId}`)) return;
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
