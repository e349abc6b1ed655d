import { useLingui } from '@lingui/react/macro';
import { Link } from '../../../ui/link/link.tsx';
import { useMyRunning } from '../hooks.ts';
import { LiveTotal } from './live-total.tsx';
import { TimerButton } from './timer-button.tsx';
import styles from './timers.module.css';

/** My running timers, in sight wherever I am. */
export function TimerStrip() {
  const { t } = useLingui();
  const running = useMyRunning();
  if (running.length === 0) return null;
  return (
    <section className={styles.strip} aria-label={t`My timers`}>
      {running.map((task) => (
        <div key={task.id} className={styles.mine}>
          <span aria-hidden className={styles.dot} />
          <Link to={`/tasks/${task.id}`} className={styles.name}>
            <bdi>{task.title}</bdi>
          </Link>
          <LiveTotal task={task} className={styles.running} />
          <TimerButton task={task} />
        </div>
      ))}
    </section>
  );
}
