import type { Message } from '@atrium/client';
import { Trans, useLingui } from '@lingui/react/macro';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { problemText } from '../../../../i18n/problems.ts';
import { perform } from '../../../../live/perform.ts';
import { Button } from '../../../../ui/button/button.tsx';
import { isComposing } from '../../../../ui/composing.ts';
import styles from './message.module.css';

/** Edits my message; after a refusal the text is kept. */
export function EditForm({ message, onDone }: { message: Message; onDone: () => void }) {
  const { t } = useLingui();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(message.content);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(message.content.length, message.content.length);
  }, [message.content.length]);

  const save = async () => {
    if (busy) return;
    if (text.trim() === '' || text === message.content) return onDone();
    setBusy(true);
    setProblem(undefined);
    try {
      await perform('messages.update', { messageId: message.id, content: text });
      onDone();
    } catch (error) {
      setProblem(problemText(error));
      setBusy(false);
    }
  };
  const keyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (isComposing(event)) return;
    if (event.key === 'Escape') onDone();
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    void save();
  };
  return (
    <form
      className={styles.edit}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <textarea
        ref={field}
        dir="auto"
        aria-label={t`Edit the message`}
        maxLength={8_000}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={keyDown}
      />
      {problem && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      <div className={styles.editActions}>
        <Button type="submit" size={28} variant="primary" busy={busy}>
          <Trans>Save</Trans>
        </Button>
        <Button size={28} variant="plain" onClick={onDone}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </form>
  );
}
