import type { TaskState, TaskStatus } from '@atrium/protocol';
import { type ReactNode, useRef } from 'react';
import { classes } from '../../../ui/classes.ts';
import styles from './board.module.css';
import { useColumnDrop } from './use-card-drag.ts';

export interface BoardColumnProps {
  status: TaskStatus;
  name: string;
  tasks: readonly TaskState[];
  /** It has more tasks than are shown. */
  isCut: boolean;
  /** Shown below its cards. */
  foot?: ReactNode;
  card: (task: TaskState) => ReactNode;
}

/** A status of the board. */
export function BoardColumn({ status, name, tasks, isCut, foot, card }: BoardColumnProps) {
  const element = useRef<HTMLElement>(null);
  const isOver = useColumnDrop(element, status);
  const headingId = `column-${status}`;
  return (
    <section ref={element} className={styles.column} aria-labelledby={headingId} data-column={status}>
      <h2 id={headingId} className={styles.columnHead}>
        {name}{' '}
        <span className={styles.count}>
          {tasks.length}
          {isCut && '+'}
        </span>
      </h2>
      {tasks.length > 0 && (
        <ul className={styles.cards} aria-labelledby={headingId}>
          {tasks.map(card)}
        </ul>
      )}
      <div className={classes(styles.rest, isOver && styles.over)}>{foot}</div>
    </section>
  );
}
