import { useLingui } from '@lingui/react/macro';
import { List, Row, Section } from '../../../ui/layout/pane.tsx';
import { Link } from '../../../ui/link/link.tsx';
import { useMyRunning } from '../hooks.ts';
import { LiveTotal } from './live-total.tsx';
import { TimerButton } from './timer-button.tsx';
import styles from './timers.module.css';

/** My running timers as a part of a page; nothing while none runs. */
export function RunningList() {
  const { t } = useLingui();
  const running = useMyRunning();
  if (running.length === 0) return null;
  return (
    <Section title={t`Running now`}>
      <List label={t`Running now`}>
        {running.map((task) => (
          <Row
            key={task.id}
            start={<span aria-hidden className={styles.dot} />}
            end={
              <>
                <LiveTotal task={task} className={styles.running} />
                <TimerButton task={task} />
              </>
            }
          >
            <Link to={`/tasks/${task.id}`}>
              <bdi>{task.title}</bdi>
            </Link>
          </Row>
        ))}
      </List>
    </Section>
  );
}
