import type { TaskState } from '@atrium/protocol';
import { hoursOf } from '../model.ts';
import { LiveTotal } from './live-total.tsx';
import { TimerButton } from './timer-button.tsx';
import styles from './timers.module.css';

/** The time of a task in a line of a list: a dot while somebody times it, and the button for my timer. */
export function TaskTimer({ task }: { task: TaskState }) {
  const isRunning = task.timer.running.length > 0;
  return (
    <span className={styles.inline}>
      {isRunning ? (
        <span className={styles.running}>
          <span aria-hidden className={styles.dot} />
          <LiveTotal task={task} />
        </span>
      ) : (
        task.timer.baseMs >= 60_000 && <span className={styles.quiet}>{hoursOf(task.timer.baseMs)}</span>
      )}
      <TimerButton task={task} />
    </span>
  );
}
