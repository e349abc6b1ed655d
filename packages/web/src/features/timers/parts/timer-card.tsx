import type { TaskState, User } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { useLive } from '../../../live/use-live.ts';
import { Avatar } from '../../../ui/avatar/avatar.tsx';
import { Button } from '../../../ui/button/button.tsx';
import { classes } from '../../../ui/classes.ts';
import { stopAllTimers } from '../commands.ts';
import { useWatchedTask } from '../hooks.ts';
import { LiveTotal } from './live-total.tsx';
import { TimerButton } from './timer-button.tsx';
import styles from './timers.module.css';

/** The time of a task, shared by everyone on it. */
export function TimerCard({ task, people }: { task: TaskState; people: readonly User[] }) {
  const { t } = useLingui();
  useWatchedTask(task.id);
  const { running } = task.timer;
  const myId = useLive(({ me }) => me?.id);
  const othersRun = running.some(({ userId }) => userId !== myId);
  return (
    <section className={styles.card} aria-label={t`Timer`}>
      <div>
        <span className={styles.label}>
          <Trans>Together so far</Trans>
        </span>
        <LiveTotal task={task} className={classes(styles.total, running.length > 0 && styles.totalRunning)} />
      </div>
      <ul className={styles.who}>
        {running.map(({ id, startedAt, userId }) => (
          <RunningPerson
            key={id}
            workspaceId={task.workspaceId}
            userId={userId}
            startedAt={startedAt}
            people={people}
          />
        ))}
      </ul>
      <div className={styles.buttons}>
        {task.can.manage && othersRun && (
          <Button size={40} onClick={() => void stopAllTimers(task)}>
            <Trans>Stop all</Trans>
          </Button>
        )}
        <TimerButton task={task} wide />
      </div>
    </section>
  );
}

function RunningPerson({
  workspaceId,
  userId,
  startedAt,
  people,
}: {
  workspaceId: string;
  userId: string;
  startedAt: string;
  people: readonly User[];
}) {
  const { t } = useLingui();
  const { recent } = useFormats();
  const myId = useLive(({ me }) => me?.id);
  const member = useLive(({ workspaces }) => workspaces[workspaceId]?.members[userId]?.user);
  const person = people.find(({ id }) => id === userId) ?? member;
  const name = person?.name ?? t`Somebody`;
  const since = recent(startedAt);
  return (
    <li className={styles.person}>
      <Avatar id={userId} name={name} picture={person?.avatar ?? null} size="s" />
      <span>{userId === myId ? t`You since ${since}` : t`${name} since ${since}`}</span>
    </li>
  );
}
