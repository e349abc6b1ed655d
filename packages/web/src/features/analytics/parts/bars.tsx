import type { CSSProperties, ReactNode } from 'react';
import { type ChartRow, ChartTable } from '../../../ui/charts/chart-table.tsx';
import { classes } from '../../../ui/classes.ts';
import { partOf } from '../model.ts';
import { ChartCard } from './chart-card.tsx';
import styles from './progress.module.css';

/** One bar of a chart. */
export interface Bar extends ChartRow {
  /** Below the bar; `name` is the same in full. */
  label: string;
  value: number;
}

/** A few bars with their values, and the same as a table. The last bar is the present one. */
export function Bars({
  title,
  figure,
  hint,
  bars,
  goal,
  unit,
  tone = 'pool',
}: {
  title: string;
  figure: ReactNode;
  hint?: ReactNode;
  bars: readonly Bar[];
  /** Drawn as a line. */
  goal?: number | null;
  /** What the values are, as the head of their column. */
  unit: string;
  tone?: 'pool' | 'ember';
}) {
  const most = Math.max(1, goal ?? 0, ...bars.map(({ value }) => value));
  return (
    <ChartCard title={title} figure={figure} hint={hint}>
      <div aria-hidden className={classes(styles.bars, tone === 'ember' && styles.ember)}>
        {goal ? <span className={styles.goal} style={{ '--part': partOf(goal, most) } as CSSProperties} /> : null}
        {bars.map(({ key, label, value, shown }, at) => (
          <span key={key} className={classes(styles.column, at === bars.length - 1 && styles.present)}>
            <span className={styles.track}>
              <span className={styles.value}>{value > 0 && shown}</span>
              <span className={styles.bar} style={{ '--part': partOf(value, most) } as CSSProperties} />
            </span>
            <span className={styles.label}>{label}</span>
          </span>
        ))}
      </div>
      <ChartTable title={title} unit={unit} rows={bars} />
    </ChartCard>
  );
}
