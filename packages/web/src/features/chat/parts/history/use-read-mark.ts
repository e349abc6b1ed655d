import { useEffect, useRef, useState } from 'react';
import { client } from '../../../../live/client.ts';
import { useLive } from '../../../../live/use-live.ts';

/** My read position in a conversation, from the live state. */
function readSeqOf(conversationId: string): number | undefined {
  const { conversations, me } = client.state;
  return conversations[conversationId]?.receipts[me?.id ?? '']?.readSeq;
}

/**
 * My read position when the conversation was opened, or when I came back to it: the line above new messages stays
 * there.
 */
export function useOpenedAt(conversationId: string): { readSeq: number | undefined; reset: () => void } {
  const [readSeq, setReadSeq] = useState(() => readSeqOf(conversationId));
  const live = useLive(({ conversations, me }) => conversations[conversationId]?.receipts[me?.id ?? '']?.readSeq);
  // It moves back when messages are marked as unread.
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

/** Open conversations that stay unread until they are left. */
const keptUnread = new Set<string>();

/** While it is open, viewing a conversation does not mark it as read. */
export const keepUnread = (conversationId: string): unknown => keptUnread.add(conversationId);

/** Marks messages up to one as read, while the page is visible. */
export function useMarkRead(conversationId: string, seq: number | undefined): void {
  const told = useRef(0);
  useEffect(() => () => void keptUnread.delete(conversationId), [conversationId]);
  useEffect(() => {
    const mark = () => {
      if (seq === undefined || seq <= told.current || keptUnread.has(conversationId)) return;
      if (document.visibilityState === 'hidden' || !document.hasFocus()) return;
      // During navigation to another page it may be rendered once more.
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
