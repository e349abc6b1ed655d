import type { QuietHours } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { Switch, ToggleChip } from '../../../ui/choice/choice.tsx';
import { TextField } from '../../../ui/field/text-field.tsx';
import { weekdaysFrom } from '../model.ts';
import styles from './settings.module.css';

/** When mails and push messages wait. */
export function QuietHoursFields({
  quiet,
  onChange,
}: {
  quiet: QuietHours;
  onChange: (part: Partial<QuietHours>) => void;
}) {
  const { t } = useLingui();
  const { firstWeekday, dayOfWeek } = useFormats();
  const { days, enabled, from, to } = quiet;
  const setTime = (name: 'from' | 'to') => (event: { target: HTMLInputElement }) =>
    event.target.value !== '' && onChange({ [name]: event.target.value });
  const toggle = (day: number, isOn: boolean) =>
    onChange({ days: isOn ? [...days, day].sort() : days.filter((each) => each !== day) });
  return (
    <div className={styles.fields}>
      <Switch
        label={t`Keep quiet at certain hours`}
        hint={t`Mails and push messages wait until they end. What you asked for at a certain time still comes.`}
        checked={enabled}
        onChange={({ target }) => onChange({ enabled: target.checked })}
      />
      {enabled && (
        <>
          <div className={styles.times}>
            <TextField key={`from ${from}`} type="time" label={t`From`} defaultValue={from} onBlur={setTime('from')} />
            <TextField key={`to ${to}`} type="time" label={t`Until`} defaultValue={to} onBlur={setTime('to')} />
          </div>
          <fieldset className={styles.days}>
            <legend>{t`On these days`}</legend>
            {weekdaysFrom(firstWeekday).map((day) => (
              <ToggleChip
                key={day}
                label={dayOfWeek(day, 'long')}
                checked={days.includes(day)}
                onChange={({ target }) => toggle(day, target.checked)}
              >
                {dayOfWeek(day, 'short')}
              </ToggleChip>
            ))}
          </fieldset>
          <p className={styles.hint}>{t`Hours past midnight belong to the day on which they begin.`}</p>
        </>
      )}
    </div>
  );
}
