import { Trans, useLingui } from '@lingui/react/macro';
import { type KeyboardEvent, type Ref, useId, useImperativeHandle, useRef, useState } from 'react';
import { Button } from '../../../../ui/button/button.tsx';
import { classes } from '../../../../ui/classes.ts';
import { isComposing } from '../../../../ui/composing.ts';
import { StagedFiles, useFileDrop } from '../../../files/index.ts';
import { type Mark, toggleMark } from '../../model/marks.ts';
import { CompletionList } from './completion-list.tsx';
import styles from './composer.module.css';
import { ComposerTools } from './composer-tools.tsx';
import { replaceText } from './text-edit.ts';
import { useCompletion } from './use-completion.ts';
import { useDraft } from './use-draft.ts';
import { useFiles } from './use-files.ts';
import { useSending } from './use-sending.ts';
import { useTyping } from './use-typing.ts';

/** The functions of a composer that others can call. */
export interface ComposerHandle {
  focus: () => void;
  insert: (text: string) => void;
}

export interface ComposerProps {
  conversationId: string;
  /** In a thread: its first message. */
  threadId?: string | undefined;
  placeholder: string;
  ref?: Ref<ComposerHandle>;
  /** Edits my last message; called for the up arrow in an empty text. */
  onEditLast: () => void;
  /** Leaves the text and returns to the messages. */
  onLeave: () => void;
  onSent: () => void;
}

/** Of a message, in characters. */
const MAX_LENGTH = 8_000;
const MARK_KEYS: Readonly<Record<string, Mark>> = { b: 'bold', i: 'italic', e: 'code' };

/** The editor of messages. The typed text is sent as it is. */
export function Composer({ conversationId, threadId, placeholder, ref, onEditLast, onLeave, onSent }: ComposerProps) {
  const { t } = useLingui();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState<number>();
  const { text, change, clear } = useDraft(conversationId, threadId);
  const completion = useCompletion(conversationId, text, caret);
  const sendTyping = useTyping(conversationId);
  const { note, setNote, send } = useSending({ conversationId, threadId, clear, onSent });
  const { files, add, paste, remove, take } = useFiles(setNote);
  const { isOver, target } = useFileDrop(add);
  const isOpen = completion.choices.length > 0;

  const edit = (from: number, to: number, insert: string, start?: number, end?: number) => {
    if (field.current) replaceText(field.current, from, to, insert, start, end);
  };
  const insert = (piece: string) =>
    edit(field.current?.selectionStart ?? text.length, field.current?.selectionEnd ?? text.length, piece);
  const mark = (kind: Mark) => {
    if (!field.current) return;
    const { selectionStart: start, selectionEnd: end } = field.current;
    const { from, to, insert: piece, ...selected } = toggleMark({ text, start, end }, kind);
    edit(from, to, piece, selected.start, selected.end);
  };
  const submit = () => {
    sendTyping(false);
    void send(text, take);
  };
  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus(), insert }));

  const keyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (isComposing(event)) return;
    const chosen = completion.keyDown(event);
    if (chosen) {
      event.preventDefault();
      event.stopPropagation();
      if (chosen !== 'handled' && completion.range) edit(completion.range.from, completion.range.to, chosen.insert);
      return;
    }
    const { altKey, ctrlKey, key, metaKey, shiftKey } = event;
    const kind = (ctrlKey || metaKey) && !shiftKey && !altKey ? MARK_KEYS[key.toLowerCase()] : undefined;
    if (kind) {
      event.preventDefault();
      mark(kind);
    } else if (key === 'Enter' && !shiftKey && !altKey) {
      event.preventDefault();
      submit();
    } else if (key === 'ArrowUp' && text === '' && !shiftKey) {
      event.preventDefault();
      onEditLast();
    } else if (key === 'Escape') {
      event.stopPropagation();
      onLeave();
    }
  };

  return (
    <form
      aria-label={threadId ? t`Reply` : t`Composer`}
      className={classes(styles.form, isOver && styles.over)}
      {...target}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {note && (
        <p role="status" className={note.kind === 'problem' ? styles.problem : styles.note}>
          {note.text}
        </p>
      )}
      {isOpen && (
        <CompletionList
          id={id}
          label={t`Suggestions`}
          choices={completion.choices}
          active={completion.active}
          onActive={completion.setActive}
          onChoose={({ insert: piece }) => completion.range && edit(completion.range.from, completion.range.to, piece)}
        />
      )}
      <StagedFiles files={files} onRemove={remove} />
      <div className={styles.box}>
        <textarea
          ref={field}
          className={styles.text}
          rows={1}
          dir="auto"
          maxLength={MAX_LENGTH}
          value={text}
          placeholder={placeholder}
          aria-label={placeholder}
          aria-autocomplete="list"
          aria-controls={isOpen ? id : undefined}
          aria-activedescendant={isOpen ? `${id}-${completion.active}` : undefined}
          enterKeyHint="send"
          onChange={({ target }) => {
            change(target.value);
            setCaret(target.selectionStart);
            sendTyping(target.value !== '');
          }}
          onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
          onBlur={() => setCaret(undefined)}
          onKeyDown={keyDown}
          onPaste={(event) => {
            const { selectionStart, selectionEnd } = event.currentTarget;
            const room = MAX_LENGTH - text.length + selectionEnd - selectionStart;
            if (paste(event.clipboardData, room)) event.preventDefault();
          }}
        />
        <div className={styles.tools}>
          <ComposerTools onMark={mark} onInsert={insert} onFiles={add} />
          <Button type="submit" variant="primary" size={28} className={styles.send}>
            <Trans>Send</Trans>
          </Button>
        </div>
      </div>
    </form>
  );
}
