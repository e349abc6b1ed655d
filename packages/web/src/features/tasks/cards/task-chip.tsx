import type { TaskCard } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { useLive } from '../../../live/use-live.ts';
import { classes } from '../../../ui/classes.ts';
import { Icon } from '../../../ui/icon/icon.tsx';
import { CheckIcon } from '../../../ui/icons.ts';
import { Link } from '../../../ui/link/link.tsx';
import { hoursOf, LiveTotal, useTickedTime } from '../../timers/index.ts';
import { useColumnNames } from '../board/hooks.ts';
import { DuePill } from '../parts/due-pill.tsx';
import styles from './cards.module.css';

/** A task in a message. Its time is live: from the state if I follow it, otherwise from its ticks. */
export function TaskChip({ card }: { card: TaskCard }) {
  const { t } = useLingui();
  const names = useColumnNames();
  const live = useLive(({ tasks }) => tasks[card.taskId]);
  const { title, status, dueAt, dueOn } = live ?? card;
  const ticked = useTickedTime(live === undefined && status !== 'completed' ? card.taskId : undefined);
  const timer = live?.timer ?? ticked;
  const statusName = names[status];
  const runs = (timer?.running.length ?? card.runningCount) > 0;
  const spent = timer?.baseMs ?? card.totalMs;
  return (
    <Link to={`/tasks/${card.taskId}`} className={styles.chip} aria-label={t`Task: ${title}, ${statusName}`}>
      {runs && <span aria-hidden className={styles.dot} />}
      <bdi className={classes(styles.title, status === 'completed' && styles.done)}>{title}</bdi>
      <span className={classes(styles.status, status === 'completed' && styles.completed)}>
        {status === 'completed' && <Icon of={CheckIcon} small />}
        {statusName}
      </span>
      {status !== 'completed' && <DuePill task={{ status, dueAt, dueOn }} />}
      {runs && timer ? (
        <LiveTotal task={{ timer }} className={styles.running} />
      ) : (
        spent >= 60_000 && <span className={classes(styles.status, runs && styles.running)}>{hoursOf(spent)}</span>
      )}
    </Link>
  );
}
