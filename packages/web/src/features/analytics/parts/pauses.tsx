import type { AnalyticsPause } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { useForm } from '../../../live/use-form.ts';
import { Button } from '../../../ui/button/button.tsx';
import { TextField } from '../../../ui/field/text-field.tsx';
import { addPause, endPause } from '../commands.ts';
import styles from './progress.module.css';

/** Pauses of the streak, and a new one. */
export function Pauses({ pauses, today }: { pauses: readonly AnalyticsPause[]; today: string }) {
  const { t } = useLingui();
  const { dateOfDay } = useFormats();
  const { form, isBusy, problem, errors } = useForm({
    send: ({ from = '', to = '' }) => addPause({ from, to }),
  });
  return (
    <section className={styles.pauses}>
      <h3 className={styles.pausesTitle}>
        <Trans>Pauses</Trans>
      </h3>
      <p className={styles.hint}>
        <Trans>Your streak goes on over a pause, such as a vacation.</Trans>
      </p>
      <ul className={styles.pauseList}>
        {pauses.map(({ id, from, to }) => {
          const name = `${dateOfDay(from)} – ${dateOfDay(to)}`;
          const isOn = from <= today && today <= to;
          return (
            <li key={id} className={styles.pause}>
              <span className={styles.grow}>{name}</span>
              <Button
                size={28}
                aria-label={isOn ? t`End the pause ${name}` : t`Remove the pause ${name}`}
                onClick={() => void endPause(id)}
              >
                {isOn ? t`End` : t`Remove`}
              </Button>
            </li>
          );
        })}
      </ul>
      <form {...form} className={styles.form}>
        <div className={styles.pair}>
          <TextField name="from" type="date" label={t`From`} required defaultValue={today} error={errors.from} />
          <TextField name="to" type="date" label={t`To`} required error={errors.to} />
        </div>
        {problem && (
          <p role="alert" className={styles.problem}>
            {problem}
          </p>
        )}
        <div className={styles.buttons}>
          <Button type="submit" busy={isBusy}>
            <Trans>Add a pause</Trans>
          </Button>
        </div>
      </form>
    </section>
  );
}
