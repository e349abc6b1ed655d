import type { TaskState } from '@atrium/protocol';
import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useRef } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { AvatarStack } from '../../../ui/avatar/avatar-stack.tsx';
import { classes } from '../../../ui/classes.ts';
import { Icon } from '../../../ui/icon/icon.tsx';
import { CheckIcon, MoreIcon } from '../../../ui/icons.ts';
import { Link } from '../../../ui/link/link.tsx';
import { MenuIconButton } from '../../../ui/menu/menu.tsx';
import type { MenuEntry } from '../../../ui/menu/menu-entry.ts';
import { Chip } from '../../../ui/text/chip.tsx';
import { Hidden } from '../../../ui/text/hidden.tsx';
import { hoursOf, LiveTotal, useMyTimer } from '../../timers/index.ts';
import { isDone, usePeopleNames } from '../hooks.ts';
import { DuePill } from '../parts/due-pill.tsx';
import { PriorityMark } from '../parts/priority-mark.tsx';
import styles from './board.module.css';
import { useCardDrag } from './use-card-drag.ts';

export interface TaskCardProps {
  task: TaskState;
  isTabStop: boolean;
  /** The places offered by "Move to…". */
  moves: readonly MenuEntry[];
}

/** A task on the board. Its edge is highlighted only while my own timer runs on it. */
export function TaskCard({ task, isTabStop, moves }: TaskCardProps) {
  const { t } = useLingui();
  const element = useRef<HTMLLIElement>(null);
  const { isDragging, edge } = useCardDrag(element, task);
  const isMine = useMyTimer(task) !== undefined;
  return (
    <li
      ref={element}
      className={classes(
        styles.slot,
        isDragging && styles.dragging,
        edge === 'top' && styles.before,
        edge === 'bottom' && styles.after,
      )}
      data-card={task.id}
      tabIndex={isTabStop ? 0 : -1}
      aria-label={task.title}
    >
      <div className={classes(styles.card, isMine && styles.mine)}>
        <div className={styles.head}>
          <PriorityMark priority={task.priority} />
          <Link to={`/tasks/${task.id}`} className={styles.title} tabIndex={-1} draggable={false}>
            <bdi>{task.title}</bdi>
          </Link>
          {task.can.update && (
            <MenuIconButton
              size={24}
              icon={MoreIcon}
              label={t`Move to…`}
              keys="m"
              tabIndex={-1}
              className={styles.more}
              entries={moves}
              align="end"
            />
          )}
        </div>
        <CardFacts task={task} />
      </div>
    </li>
  );
}

function CardFacts({ task }: { task: TaskState }) {
  const { t } = useLingui();
  const { relative } = useFormats();
  const person = usePeopleNames(task.workspaceId);
  const members = task.memberIds.flatMap((id) => person(id) ?? []);
  const names = members.map(({ name }) => name).join(', ');
  const { baseMs, running } = task.timer;
  return (
    <div className={styles.facts}>
      {running.length > 0 && (
        <span className={styles.running}>
          <span aria-hidden className={styles.dot} />
          <LiveTotal task={task} />
        </span>
      )}
      {isDone(task) && task.completedAt !== null ? (
        <span className={styles.completed}>
          <Icon of={CheckIcon} small /> {relative(task.completedAt)}
        </span>
      ) : (
        running.length === 0 && <DuePill task={task} />
      )}
      {task.subtasks.total > 0 && (
        <span className={styles.count}>
          {task.subtasks.done}/{task.subtasks.total}
          <Hidden> {plural(task.subtasks.total, { one: 'sub-task', other: 'sub-tasks' })}</Hidden>
        </span>
      )}
      {task.category !== null && <Chip>{task.category}</Chip>}
      <span className={styles.end}>
        {running.length === 0 && baseMs >= 60_000 && (
          <span className={styles.count} data-tip={t`Time spent`}>
            {hoursOf(baseMs)}
          </span>
        )}
        {members.length > 0 && (
          <span data-tip={names}>
            <AvatarStack people={members.slice(0, 3).map(({ id, name, avatar }) => ({ id, name, picture: avatar }))} />
            <Hidden>{t`Assigned to ${names}`}</Hidden>
          </span>
        )}
      </span>
    </div>
  );
}
