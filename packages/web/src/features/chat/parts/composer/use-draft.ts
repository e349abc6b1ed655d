import { useCallback, useEffect, useRef, useState } from 'react';
import { client } from '../../../../live/client.ts';
import { useLive } from '../../../../live/use-live.ts';
import { setUnsavedDraft, unsavedDraft } from '../../model/draft-store.ts';

/** Idle time after which a draft is saved on the server, in milliseconds. */
const REST = 600;

/**
 * The draft of a conversation or thread: stored here through a reload, and on the server for all devices.
 * A change on another device is shown if nothing was typed here since.
 */
export function useDraft(conversationId: string, threadId: string | undefined) {
  const kept = useLive(({ conversations }) => conversations[conversationId]?.drafts[threadId ?? '']?.content ?? '');
  const [text, setText] = useState(() => unsavedDraft(localStorage, conversationId, threadId) ?? kept);
  const [known, setKnown] = useState(kept);
  const agreed = useRef(kept);
  const sent = useRef<string>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // Decided while rendering, so that no outdated draft is painted in between.
  if (kept !== known) {
    setKnown(kept);
    const isOurs = sent.current?.startsWith(kept) && kept !== '';
    if (text === agreed.current && !isOurs) {
      agreed.current = kept;
      setText(kept);
    }
  }

  const latest = useRef(text);
  latest.current = text;
  const keep = useCallback(() => {
    clearTimeout(timer.current);
    const value = latest.current;
    if (value === agreed.current) return;
    client.keepDraft(conversationId, value, threadId).then(
      () => {
        agreed.current = value;
        if (latest.current === value) setUnsavedDraft(localStorage, conversationId, threadId, undefined);
      },
      // It is stored here, and saved with the next change.
      () => undefined,
    );
  }, [conversationId, threadId]);

  const change = useCallback(
    (value: string) => {
      latest.current = value;
      setText(value);
      setUnsavedDraft(localStorage, conversationId, threadId, value);
      clearTimeout(timer.current);
      timer.current = setTimeout(keep, REST);
    },
    [conversationId, threadId, keep],
  );

  /** It became a message, which deletes the draft. */
  const clear = useCallback(() => {
    clearTimeout(timer.current);
    sent.current = latest.current;
    agreed.current = '';
    latest.current = '';
    setText('');
    setUnsavedDraft(localStorage, conversationId, threadId, undefined);
  }, [conversationId, threadId]);

  useEffect(() => {
    addEventListener('pagehide', keep);
    return () => {
      removeEventListener('pagehide', keep);
      keep();
    };
  }, [keep]);

  return { text, change, clear };
}
