import { Trans } from '@lingui/react/macro';
import type { CSSProperties, ReactNode } from 'react';
import { classes } from '../../../ui/classes.ts';
import { partOf } from '../model.ts';
import styles from './progress.module.css';

/** One bar of a chart. */
export interface Bar {
  key: string;
  /** Below the bar. */
  label: string;
  /** The same in full, as a table has it. */
  name: string;
  value: number;
  /** The value as people read it. */
  shown: string;
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
    <figure className={styles.card}>
      <figcaption className={styles.cardTitle}>{title}</figcaption>
      <p className={styles.figure}>{figure}</p>
      {hint && <p className={styles.hint}>{hint}</p>}
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
      <details className={styles.table}>
        <summary>
          <Trans>As a table</Trans>
        </summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{title}</th>
              <th scope="col">{unit}</th>
            </tr>
          </thead>
          <tbody>
            {bars.map(({ key, name, shown }) => (
              <tr key={key}>
                <th scope="row">{name}</th>
                <td>{shown}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
