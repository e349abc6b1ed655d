import type { TaskState } from '@atrium/protocol';
import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { KeyboardEvent, ReactNode } from 'react';
import { useLive } from '../../../live/use-live.ts';
import { AvatarStack } from '../../../ui/avatar/avatar-stack.tsx';
import { RoundCheck } from '../../../ui/choice/choice.tsx';
import { classes } from '../../../ui/classes.ts';
import { Link } from '../../../ui/link/link.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { isTyping } from '../../../ui/roving.ts';
import { Chip } from '../../../ui/text/chip.tsx';
import { Hidden } from '../../../ui/text/hidden.tsx';
import { changeTask, completeTask, deleteTask } from '../commands.ts';
import { isDone, usePeopleNames } from '../hooks.ts';
import { DuePill } from './due-pill.tsx';
import { LabelChip } from './label-chip.tsx';
import { PriorityMark } from './priority-mark.tsx';
import styles from './tasks.module.css';

const NEXT_PRIORITY = { low: 'medium', medium: 'high', high: 'low' } as const;

/** A task in a list. Space completes it, Enter opens it, p changes its priority, Delete moves it to the trash. */
export function TaskRow({ task, isFirst, timer }: { task: TaskState; isFirst: boolean; timer?: ReactNode }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const person = usePeopleNames(task.workspaceId);
  const done = isDone(task);
  const members = task.memberIds.flatMap((id) => person(id) ?? []);
  const known = useLive((state) => state.labels);
  const labels = task.labelIds.flatMap((id) => known[id] ?? []);
  const names = members.map(({ name }) => name).join(', ');
  const keyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const onRow = event.target === event.currentTarget;
    const action = {
      ' ': onRow && task.can.update && (() => void completeTask(task, !done)),
      Enter: onRow && (() => navigate(`/tasks/${task.id}`)),
      p: task.can.update && (() => void changeTask(task, { priority: NEXT_PRIORITY[task.priority] })),
      Delete: task.can.delete && (() => void deleteTask(task)),
    }[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };
  return (
    <li
      className={classes(styles.row, done && styles.done)}
      data-rove
      tabIndex={isFirst ? 0 : -1}
      aria-label={task.title}
      onKeyDown={keyDown}
    >
      <RoundCheck
        label={done ? t`Open again: ${task.title}` : t`Done: ${task.title}`}
        checked={done}
        disabled={!task.can.update}
        tabIndex={-1}
        onChange={({ target }) => void completeTask(task, target.checked)}
      />
      <span className={styles.words}>
        <PriorityMark priority={task.priority} />
        <Link to={`/tasks/${task.id}`} className={styles.title} tabIndex={-1}>
          <bdi>{task.title}</bdi>
        </Link>
        {task.subtasks.total > 0 && (
          <span className={styles.count}>
            {task.subtasks.done}/{task.subtasks.total}
            <Hidden> {plural(task.subtasks.total, { one: 'sub-task', other: 'sub-tasks' })}</Hidden>
          </span>
        )}
      </span>
      <span className={styles.facts}>
        {labels.map((label) => (
          <LabelChip key={label.id} label={label} />
        ))}
        {task.category !== null && <Chip>{task.category}</Chip>}
        {members.length > 0 && (
          <span className={styles.people} data-tip={names}>
            <AvatarStack people={members.slice(0, 3).map(({ id, name, avatar }) => ({ id, name, picture: avatar }))} />
            <Hidden>{t`Assigned to ${names}`}</Hidden>
          </span>
        )}
        {timer}
        <DuePill task={task} />
      </span>
    </li>
  );
}
