import type { AnalyticsPreferences } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { dayAfter, weekStart } from '../../../i18n/days.ts';
import { useFormats } from '../../../i18n/formats.ts';
import { useForm } from '../../../live/use-form.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Checkbox } from '../../../ui/choice/choice.tsx';
import { Dialog } from '../../../ui/dialog/dialog.tsx';
import { TextField } from '../../../ui/field/text-field.tsx';
import { saveGoals } from '../commands.ts';
import { readGoal } from '../model.ts';
import { Pauses } from './pauses.tsx';
import styles from './progress.module.css';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];

/** What I set out for, and which days do not break a streak. */
export function GoalsDialog({
  preferences,
  today,
  onClose,
}: {
  preferences: AnalyticsPreferences;
  today: string;
  onClose: () => void;
}) {
  const { t } = useLingui();
  const { weekdayName } = useFormats();
  const { goals, daysOff, pauses } = preferences;
  const monday = weekStart(today, 1);
  const { form, isBusy, problem, errors } = useForm({
    send: async ({ daily, weekly, ...values }) => {
      const weekdays = WEEKDAYS.filter((weekday) => values[`off${weekday}`] !== undefined);
      await saveGoals({ daily: readGoal(daily), weekly: readGoal(weekly) }, weekdays);
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} size="s" title={t`Goals and days off`}>
      <form {...form} className={styles.form}>
        <div className={styles.pair}>
          <TextField
            {...{ name: 'daily', type: 'number', min: 1, max: 100, inputMode: 'numeric' }}
            label={t`Tasks a day`}
            defaultValue={goals.daily ?? ''}
            error={errors.daily}
          />
          <TextField
            {...{ name: 'weekly', type: 'number', min: 1, max: 500, inputMode: 'numeric' }}
            label={t`Tasks a week`}
            defaultValue={goals.weekly ?? ''}
            error={errors.weekly}
          />
        </div>
        <fieldset className={styles.daysOff}>
          <legend>
            <Trans>Days off</Trans>
          </legend>
          <p className={styles.hint}>
            <Trans>Your streak goes on over these days.</Trans>
          </p>
          <div className={styles.weekdays}>
            {WEEKDAYS.map((weekday) => (
              <Checkbox
                key={weekday}
                name={`off${weekday}`}
                label={weekdayName(dayAfter(monday, weekday - 1))}
                defaultChecked={daysOff.includes(weekday)}
              />
            ))}
          </div>
        </fieldset>
        {problem && (
          <p role="alert" className={styles.problem}>
            {problem}
          </p>
        )}
        <div className={styles.buttons}>
          <Button type="submit" variant="primary" busy={isBusy}>
            <Trans>Save</Trans>
          </Button>
        </div>
      </form>
      <Pauses pauses={pauses} today={today} />
    </Dialog>
  );
}
