import type { TaskState } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { isComposing } from '../../../ui/composing.ts';
import { TextField } from '../../../ui/field/text-field.tsx';
import { Icon } from '../../../ui/icon/icon.tsx';
import { LinkIcon } from '../../../ui/icons.ts';
import { changeTask } from '../commands.ts';
import { typedLink } from '../model.ts';
import styles from './extra-fields.module.css';

/** A web address that belongs to a task. What is no address stays in the field, with the reason. */
export function LinkField({ task }: { task: TaskState }) {
  const { t } = useLingui();
  const [isWrong, setWrong] = useState(false);
  const save = (typed: string) => {
    const link = typedLink(typed);
    setWrong(link === undefined);
    if (link !== undefined && link !== task.link) void changeTask(task, { link });
  };
  return (
    <div className={styles.link}>
      <TextField
        key={task.link}
        hideLabel
        label={t`Link`}
        type="url"
        placeholder={t`None`}
        defaultValue={task.link ?? ''}
        maxLength={2_000}
        disabled={!task.can.update}
        error={isWrong && t`This is no web address`}
        onBlur={({ target }) => save(target.value)}
        onKeyDown={(event) => event.key === 'Enter' && !isComposing(event) && event.currentTarget.blur()}
      />
      {task.link !== null && (
        <a href={task.link} target="_blank" rel="noreferrer" className={styles.openLink} aria-label={t`Open the link`}>
          <Icon of={LinkIcon} small />
        </a>
      )}
    </div>
  );
}
