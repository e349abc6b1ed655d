import { useLingui } from '@lingui/react/macro';
import { type FormEvent, type RefObject, useState } from 'react';
import { Icon } from '../../../ui/icon/icon.tsx';
import { PlusIcon } from '../../../ui/icons.ts';
import { addTask } from '../commands.ts';
import styles from './tasks.module.css';

export interface QuickAddProps {
  workspaceId: string;
  /** The task of which it becomes a sub-task. */
  parentId?: string;
  label: string;
  field?: RefObject<HTMLInputElement | null>;
}

/** Adds one task after the other by their titles. What was typed stays until the server has it. */
export function QuickAdd({ workspaceId, parentId, label, field }: QuickAddProps) {
  const { t } = useLingui();
  const [title, setTitle] = useState('');
  const [busy, setBusy] = useState(false);
  const isShort = title.trim().length > 0 && title.trim().length < 3;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || title.trim().length < 3) return;
    setBusy(true);
    const added = await addTask({ workspaceId, title: title.trim(), ...(parentId && { parentId }) });
    if (added !== undefined) setTitle('');
    setBusy(false);
  };
  return (
    <form className={styles.add} onSubmit={(event) => void submit(event)}>
      <Icon of={PlusIcon} />
      <input
        ref={field}
        aria-label={label}
        placeholder={label}
        className={styles.addField}
        value={title}
        maxLength={200}
        dir="auto"
        autoComplete="off"
        aria-describedby={isShort ? 'quick-add-hint' : undefined}
        onChange={({ target }) => setTitle(target.value)}
      />
      {isShort && (
        <span id="quick-add-hint" className={styles.addHint}>
          {t`At least 3 characters`}
        </span>
      )}
      {title.trim().length >= 3 && (
        <button type="submit" className={styles.addButton} aria-busy={busy || undefined}>
          {t`Add`}
        </button>
      )}
    </form>
  );
}
