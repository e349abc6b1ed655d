import type { PeriodLock } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { useForm } from '../../../live/use-form.ts';
import { useLive } from '../../../live/use-live.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Dialog } from '../../../ui/dialog/dialog.tsx';
import { TextField } from '../../../ui/field/text-field.tsx';
import { lockPeriod, unlockPeriod } from '../commands.ts';
import styles from './time.module.css';

/** Locks days of a workspace against changes of their times, and unlocks them. */
export function LocksDialog({
  workspaceId,
  locks,
  onClose,
}: {
  workspaceId: string;
  locks: readonly PeriodLock[];
  onClose: () => void;
}) {
  const { t } = useLingui();
  const { dateOfDay } = useFormats();
  const timeZone = useLive(({ me }) => me?.timezone);
  const { form, isBusy, problem, errors } = useForm({
    send: ({ from = '', to = '' }) =>
      lockPeriod({ workspaceId, from, to, ...(timeZone !== undefined && { timeZone }) }),
  });
  return (
    <Dialog
      open
      onClose={onClose}
      size="s"
      title={t`Locked periods`}
      description={t`Nothing can be started, entered or corrected on these days.`}
    >
      <ul className={styles.entries}>
        {locks.map(({ id, from, to }) => {
          const name = `${dateOfDay(from)} – ${dateOfDay(to)}`;
          return (
            <li key={id} className={styles.entryLine}>
              <span className={styles.grow}>{name}</span>
              <Button size={28} aria-label={t`Unlock ${name}`} onClick={() => void unlockPeriod(workspaceId, id)}>
                <Trans>Unlock</Trans>
              </Button>
            </li>
          );
        })}
      </ul>
      <form {...form} className={styles.form}>
        <div className={styles.pair}>
          <TextField name="from" type="date" label={t`From`} required error={errors.from} />
          <TextField name="to" type="date" label={t`To`} required error={errors.to} />
        </div>
        {problem && (
          <p role="alert" className={styles.problem}>
            {problem}
          </p>
        )}
        <div className={styles.buttons}>
          <Button type="submit" variant="primary" busy={isBusy}>
            <Trans>Lock</Trans>
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
