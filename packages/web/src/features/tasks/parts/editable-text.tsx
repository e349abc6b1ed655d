import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { type MentionLookup, MessageText } from '../../../text/message-text.tsx';
import { Button } from '../../../ui/button/button.tsx';
import { classes } from '../../../ui/classes.ts';
import { isComposing } from '../../../ui/composing.ts';
import styles from './tasks.module.css';

export interface EditableTextProps {
  label: string;
  text: string;
  /** A heading of one line; otherwise a text of several lines in light Markdown. */
  level?: 2;
  /** The people that mentions in it refer to. */
  mention?: MentionLookup;
  placeholder?: string;
  minLength?: number;
  maxLength: number;
  mayEdit: boolean;
  /** Resolves to false if it was refused: the form then stays open with the input. */
  onSave: (text: string) => Promise<boolean>;
}

/** Text that is edited in place: click it, or press Enter on it. */
export function EditableText({ level, mention, label, text, placeholder, mayEdit, ...form }: EditableTextProps) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  if (isOpen) {
    return <EditForm {...form} isLine={level !== undefined} label={label} text={text} onClose={() => setOpen(false)} />;
  }
  const shown = level ? (
    <h2 className={styles.taskTitle}>
      <bdi>{text}</bdi>
    </h2>
  ) : (
    <Described text={text} mention={mention ?? NOBODY} />
  );
  if (!mayEdit) return shown;
  return (
    <div className={styles.editable}>
      {text === '' ? null : shown}
      <button
        type="button"
        className={classes(styles.edit, text === '' && styles.placeholder)}
        aria-label={text === '' ? undefined : t`Edit: ${label}`}
        onClick={() => setOpen(true)}
      >
        {text === '' ? placeholder : null}
      </button>
    </div>
  );
}

const NOBODY: MentionLookup = () => undefined;

function Described({ text, mention }: { text: string; mention: MentionLookup }) {
  return (
    <div className={styles.description}>
      <MessageText content={text} mention={mention} />
    </div>
  );
}

function EditForm({
  label,
  text,
  isLine,
  minLength = 0,
  maxLength,
  onSave,
  onClose,
}: Pick<EditableTextProps, 'label' | 'text' | 'minLength' | 'maxLength' | 'onSave'> & {
  isLine: boolean;
  onClose: () => void;
}) {
  const [typed, setTyped] = useState(text);
  const [busy, setBusy] = useState(false);
  const save = async (event?: FormEvent) => {
    event?.preventDefault();
    if (typed.trim().length < minLength) return;
    setBusy(true);
    const isSaved = typed === text || (await onSave(isLine ? typed.trim() : typed));
    setBusy(false);
    if (isSaved) onClose();
  };
  const keyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === 'Escape') onClose();
    if (event.key === 'Enter' && (isLine || event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      void save();
    }
  };
  return (
    <form className={styles.editForm} onSubmit={(event) => void save(event)}>
      <textarea
        // biome-ignore lint/a11y/noAutofocus: it was opened to be typed in
        autoFocus
        aria-label={label}
        className={classes(styles.editField, isLine && styles.editLine)}
        value={typed}
        maxLength={maxLength}
        rows={isLine ? 1 : 4}
        dir="auto"
        onKeyDown={keyDown}
        onChange={({ target }) => setTyped(isLine ? target.value.replace(/\n/g, ' ') : target.value)}
      />
      <span className={styles.editButtons}>
        <Button variant="primary" size={28} type="submit" busy={busy}>
          <Trans>Save</Trans>
        </Button>
        <Button variant="plain" size={28} onClick={onClose}>
          <Trans>Cancel</Trans>
        </Button>
      </span>
    </form>
  );
}
