import type { TaskState, User } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { useOperation } from '../../../live/use-operation.ts';
import { Button } from '../../../ui/button/button.tsx';
import { usePeopleNames } from '../hooks.ts';
import styles from './tasks.module.css';

/** The history of a task, latest first; loaded when it is opened. */
export function Activity({ task, people }: { task: TaskState; people: readonly User[] }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className={styles.activity}>
      <Button variant="plain" size={28} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? <Trans>Hide the history</Trans> : <Trans>Show the history</Trans>}
      </Button>
      {isOpen && <Changes task={task} people={people} />}
    </div>
  );
}

function Changes({ task, people }: { task: TaskState; people: readonly User[] }) {
  const { t } = useLingui();
  const { full, recent } = useFormats();
  const { data } = useOperation('tasks.activity', { taskId: task.id, limit: 100 });
  const person = usePeopleNames(task.workspaceId, data?.people ?? people);
  const fields: Readonly<Record<string, string>> = {
    created: t`created it`,
    deleted: t`put it in the trash`,
    restored: t`took it out of the trash`,
    member: t`changed the members`,
    title: t`changed the title`,
    description: t`changed the description`,
    status: t`changed the status`,
    priority: t`changed the priority`,
    category: t`changed the category`,
    link: t`changed the link`,
    dueAt: t`changed when it is due`,
    dueOn: t`changed when it is due`,
    rank: t`moved it on the board`,
    recurrence: t`changed how it repeats`,
    visibility: t`changed who sees it`,
    parentId: t`changed its parent task`,
    labelIds: t`changed the labels`,
  };
  return (
    <ul className={styles.changes}>
      {data?.items.map(({ id, actorId, at, field }) => (
        <li key={id}>
          <bdi>{(actorId && person(actorId)?.name) || t`Somebody`}</bdi> {fields[field] ?? t`changed it`}{' '}
          <time dateTime={at} data-tip={full(at)} className={styles.count}>
            {recent(at)}
          </time>
        </li>
      ))}
    </ul>
  );
}
