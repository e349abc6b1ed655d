import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import styles from './progress.module.css';

/** A row of the table behind a chart. */
export interface ChartRow {
  key: string;
  name: string;
  shown: string;
}

/** The values of a chart as a table. */
export function ChartTable({ title, unit, rows }: { title: string; unit: string; rows: readonly ChartRow[] }) {
  return (
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
          {rows.map(({ key, name, shown }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              <td>{shown}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** A chart with the figure that it is about. */
export function ChartCard({
  title,
  figure,
  hint,
  children,
}: {
  title: string;
  figure: ReactNode;
  hint?: ReactNode;
  children: ReactNode;
}) {
  return (
    <figure className={styles.card}>
      <figcaption className={styles.cardTitle}>{title}</figcaption>
      <p className={styles.figure}>{figure}</p>
      {hint && <p className={styles.hint}>{hint}</p>}
      {children}
    </figure>
  );
}
