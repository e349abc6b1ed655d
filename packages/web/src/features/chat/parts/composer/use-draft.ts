import { useCallback, useEffect, useRef, useState } from 'react';
import { client } from '../../../../live/client.ts';
import { useLive } from '../../../../live/use-live.ts';
import { setUnsavedDraft, unsavedDraft } from '../../model/draft-store.ts';

/** Milliseconds of rest after which a draft goes to the server. */
const REST = 600;

/**
 * What is being written in a conversation or thread: kept here through a reload, and by the server for all devices.
 * A change made on another device is shown as long as nothing was typed here since.
 */
export function useDraft(conversationId: string, threadId: string | undefined) {
  const kept = useLive(({ conversations }) => conversations[conversationId]?.drafts[threadId ?? '']?.content ?? '');
  const [text, setText] = useState(() => unsavedDraft(localStorage, conversationId, threadId) ?? kept);
  const [known, setKnown] = useState(kept);
  const agreed = useRef(kept);
  const sent = useRef<string>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // Rendering decides whether to take over what another device has written, as nothing may be painted in between.
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
      // It is kept here, and goes with the next change.
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

  /** It became a message, which takes the draft with it. */
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
