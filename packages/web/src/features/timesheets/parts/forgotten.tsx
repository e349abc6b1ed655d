import type { ForgottenTimer } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { useLive } from '../../../live/use-live.ts';
import { Button } from '../../../ui/button/button.tsx';
import { stopForgotten } from '../commands.ts';
import { dismissForgotten, useForgotten } from '../forgotten.ts';
import styles from './time.module.css';

/** Asks about my timers that have run for so long that they were probably forgotten. */
export function ForgottenTimers() {
  return useForgotten().map((timer) => <Question key={timer.entryId} timer={timer} />);
}

function Question({ timer }: { timer: ForgottenTimer }) {
  const { t } = useLingui();
  const { recent } = useFormats();
  const title = useLive(({ tasks }) => tasks[timer.taskId]?.title) ?? t`A task`;
  const since = recent(timer.startedAt);
  const last = timer.lastActionAt === null ? undefined : recent(timer.lastActionAt);
  return (
    <section className={styles.question} aria-label={t`Forgotten timer`}>
      <p>
        <strong>{t`“${title}” has run since ${since}.`}</strong>{' '}
        {last !== undefined && t`The last thing you did was at ${last}.`}
      </p>
      <div className={styles.buttons}>
        {last !== undefined && (
          <Button variant="ember" onClick={() => void stopForgotten(timer, 'lastAction')}>
            <Trans>Stop at {last}</Trans>
          </Button>
        )}
        <Button onClick={() => void stopForgotten(timer, 'now')}>
          <Trans>Stop now</Trans>
        </Button>
        <Button variant="plain" onClick={() => dismissForgotten(timer)}>
          <Trans>Still working</Trans>
        </Button>
      </div>
    </section>
  );
}
