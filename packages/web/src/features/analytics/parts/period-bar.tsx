import { useLingui } from '@lingui/react/macro';
import { dayAfter } from '../../../i18n/days.ts';
import { Segmented } from '../../../ui/choice/choice.tsx';
import { DateField } from '../../../ui/field/date-field.tsx';
import { lastDays, PERIODS, type Period } from '../model.ts';
import styles from './workspace.module.css';

/** The days that are shown: some of the last ones, or any others of at most a year. */
export function PeriodBar({
  period: { from, to },
  today,
  onChange,
}: {
  period: Period;
  today: string;
  onChange: (period: Period) => void;
}) {
  const { t } = useLingui();
  const names = { 7: t`7 days`, 30: t`30 days`, 90: t`90 days`, 365: t`1 year` };
  const offered = PERIODS.find((count) => to === today && lastDays(count, today).from === from);
  return (
    <div className={styles.period}>
      <Segmented
        label={t`Period`}
        value={String(offered ?? '')}
        options={PERIODS.map((count) => ({ value: String(count), label: names[count] }))}
        onChange={(count) => onChange(lastDays(Number(count), today))}
      />
      <div className={styles.dates}>
        <DateField
          label={t`From`}
          required
          day={from}
          min={dayAfter(to, -365)}
          max={to}
          onDay={(day) => onChange({ from: day, to })}
        />
        <DateField
          label={t`To`}
          required
          day={to}
          min={from}
          max={today}
          onDay={(day) => onChange({ from, to: day })}
        />
      </div>
    </div>
  );
}
