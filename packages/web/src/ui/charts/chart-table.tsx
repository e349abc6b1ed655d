import { Trans } from '@lingui/react/macro';
import styles from './chart-table.module.css';

/** A row of the table behind a chart. */
export interface ChartRow {
  key: string;
  name: string;
  shown: string;
}

/** The values of a chart as a table, for screen readers and for everyone who prefers it. */
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
