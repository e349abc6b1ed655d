import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { ChartTable } from '../../../ui/charts/chart-table.tsx';
import { classes } from '../../../ui/classes.ts';
import { barsPath, CHART_HEIGHT } from '../model.ts';
import { ChartCard } from './chart-card.tsx';
import styles from './workspace.module.css';

/** What is drawn of a day. */
export interface DayValue {
  date: string;
  value: number;
  /** The value as people read it. */
  shown: string;
}

/** A bar for each day of a period, with the same as a table. */
export function DailyChart({
  title,
  figure,
  hint,
  days,
  unit,
  tone = 'pool',
}: {
  title: string;
  figure: ReactNode;
  hint?: ReactNode;
  days: readonly DayValue[];
  /** What the values are, as the head of their column. */
  unit: string;
  tone?: 'pool' | 'ember';
}) {
  const { t } = useLingui();
  const { dateOfDay, weekdayName } = useFormats();
  const [first, last] = [days[0], days.at(-1)];
  return (
    <ChartCard title={title} figure={figure} hint={hint}>
      <div className={classes(styles.daily, tone === 'ember' && styles.ember)}>
        <svg
          aria-hidden
          className={styles.plot}
          viewBox={`0 0 ${days.length} ${CHART_HEIGHT}`}
          preserveAspectRatio="none"
        >
          <path d={barsPath(days.map(({ value }) => value))} />
        </svg>
        <span aria-hidden className={styles.axis}>
          <span>{first && dateOfDay(first.date)}</span>
          <span>{last && last !== first && dateOfDay(last.date)}</span>
        </span>
      </div>
      <ChartTable
        title={t`Day`}
        unit={unit}
        rows={days
          .filter(({ value }) => value > 0)
          .toReversed()
          .map(({ date, shown }) => ({ key: date, name: `${weekdayName(date)}, ${dateOfDay(date)}`, shown }))}
      />
    </ChartCard>
  );
}
