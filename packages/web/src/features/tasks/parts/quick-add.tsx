import { useLingui } from '@lingui/react/macro';
import { type FormEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { Icon } from '../../../ui/icon/icon.tsx';
import { PlusIcon } from '../../../ui/icons.ts';
import { addTask } from '../commands.ts';
import { offerQuickAdd } from '../quick-add-focus.ts';
import styles from './quick-add.module.css';
import { UnderstoodWords } from './understood-words.tsx';
import { useTypedTask } from './use-typed-task.ts';

const TITLE = { shortest: 3, longest: 200 };

export interface QuickAddProps {
  workspaceId: string;
  /** The parent of the new task. */
  parentId?: string;
  label: string;
  field?: RefObject<HTMLInputElement | null>;
}

/**
 * Adds tasks one after the other as people type them: `Buy nails tomorrow !high #garden @ben`. The input is kept until
 * the server has the task.
 */
export function QuickAdd({ workspaceId, parentId, label, field }: QuickAddProps) {
  const { t } = useLingui();
  const hintId = useId();
  const own = useRef<HTMLInputElement>(null);
  const input = field ?? own;
  const [text, setText] = useState('');
  const [isFocused, setIsFocused] = useState(false);
  const [busy, setBusy] = useState(false);
  const typed = useTypedTask(text, workspaceId);
  const { length } = typed.title;
  const isGood = length >= TITLE.shortest && length <= TITLE.longest;
  useEffect(() => {
    if (parentId === undefined && input.current) return offerQuickAdd(input.current);
    return undefined;
  }, [parentId, input]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || !isGood) return;
    setBusy(true);
    const added = await addTask({ workspaceId, ...(await typed.task()), ...(parentId && { parentId }) });
    if (added !== undefined) {
      setText('');
      typed.reset();
    }
    setBusy(false);
  };
  return (
    <form className={styles.add} onSubmit={(event) => void submit(event)}>
      <Icon of={PlusIcon} />
      <input
        ref={input}
        aria-label={label}
        placeholder={isFocused ? t`Water the seedlings tomorrow 17:00 !high #garden @ben` : label}
        className={styles.field}
        value={text}
        maxLength={500}
        dir="auto"
        autoComplete="off"
        aria-describedby={text !== '' && !isGood ? hintId : undefined}
        onFocus={() => {
          setIsFocused(true);
          typed.prepare();
        }}
        onBlur={() => setIsFocused(false)}
        onChange={({ target }) => setText(target.value)}
      />
      {text !== '' && !isGood && (
        <span id={hintId} className={styles.hint}>
          {length > TITLE.longest ? t`At most 200 characters` : t`At least 3 characters`}
        </span>
      )}
      {isGood && (
        <button type="submit" className={styles.button} aria-busy={busy || undefined}>
          {t`Add`}
        </button>
      )}
      {typed.understood.length > 0 && (
        <UnderstoodWords
          understood={typed.understood}
          onTakeBack={(each) => {
            typed.takeBack(each);
            input.current?.focus();
          }}
        />
      )}
    </form>
  );
}
