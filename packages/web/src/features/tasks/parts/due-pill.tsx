import type { TaskState } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { classes } from '../../../ui/classes.ts';
import { isDone, useDays } from '../hooks.ts';
import { dueDay, dueGroup } from '../model.ts';
import styles from './tasks.module.css';

/** A short form of a task's due date; amber once it is over. */
export function DuePill({ task }: { task: Pick<TaskState, 'dueAt' | 'dueOn' | 'status'> }) {
  const { t } = useLingui();
  const { date, dayKey, full, time } = useFormats();
  const days = useDays();
  const day = dueDay(task, dayKey);
  if (day === undefined) return null;
  const group = dueGroup(task, days, dayKey);
  const name = group === 'today' ? t`Today` : group === 'tomorrow' ? t`Tomorrow` : date(`${day}T12:00:00Z`);
  const clock = task.dueAt === null ? '' : ` ${time(task.dueAt)}`;
  const isLate = group === 'before' && !isDone(task);
  return (
    <time
      dateTime={task.dueAt ?? day}
      data-tip={task.dueAt === null ? undefined : full(task.dueAt)}
      className={classes(styles.due, isLate && styles.late)}
    >
      {isLate ? t`${name}, late` : `${name}${clock}`}
    </time>
  );
}
