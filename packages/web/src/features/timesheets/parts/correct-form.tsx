import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import { problemText } from '../../../i18n/problems.ts';
import { announce } from '../../../live/announce.ts';
import { Button } from '../../../ui/button/button.tsx';
import { TextField } from '../../../ui/field/text-field.tsx';
import { hoursOf } from '../../timers/index.ts';
import { correctTime } from '../commands.ts';
import { readHours } from '../model.ts';
import styles from './time.module.css';

/** Says what an entry should have been, and why. */
export function CorrectForm({ entryId, ms, onDone }: { entryId: string; ms: number; onDone: () => void }) {
  const { t } = useLingui();
  const [hours, setHours] = useState(hoursOf(ms));
  const [reason, setReason] = useState('');
  const [errors, setErrors] = useState<{ hours?: string; reason?: string }>({});
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wanted = readHours(hours);
    if (wanted === undefined) return setErrors({ hours: t`Write it as 1:30.` });
    // What the field shows is whole minutes: seconds that nobody meant to change stay.
    const deltaMs = hours.trim() === hoursOf(ms) ? 0 : wanted - ms;
    if (deltaMs === 0) return setErrors({ hours: t`This is what it is already.` });
    if (reason.trim() === '') return setErrors({ reason: t`Please say why.` });
    setBusy(true);
    setErrors({});
    try {
      await correctTime({ entryId, deltaMs, reason: reason.trim() });
      announce(t`Corrected`);
      onDone();
    } catch (error) {
      setErrors({ reason: problemText(error) });
      setBusy(false);
    }
  };
  return (
    <form className={styles.correct} noValidate onSubmit={(event) => void submit(event)}>
      <TextField
        autoFocus
        label={t`Time spent`}
        value={hours}
        error={errors.hours}
        inputMode="numeric"
        onChange={({ target }) => setHours(target.value)}
      />
      <TextField
        label={t`Reason`}
        value={reason}
        error={errors.reason}
        maxLength={500}
        onChange={({ target }) => setReason(target.value)}
      />
      <div className={styles.buttons}>
        <Button onClick={onDone}>
          <Trans>Cancel</Trans>
        </Button>
        <Button type="submit" variant="primary" busy={busy}>
          <Trans>Correct</Trans>
        </Button>
      </div>
    </form>
  );
}
