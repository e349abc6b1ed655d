import { Trans } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { LineChart, type Point } from '../../../ui/charts/line-chart.tsx';
import { highestByHour } from '../model.ts';
import styles from './counters.module.css';

/** One counter: what it is now, and a line of the last 24 hours with its table. */
export function CounterCard({
  title,
  now,
  hint,
  points,
  from,
  to,
  stepMs,
  most,
  format,
}: {
  title: string;
  /** undefined: not known. */
  now: number | undefined;
  hint?: string | undefined;
  points: readonly Point[];
  from: number;
  to: number;
  stepMs: number;
  /** The value at the top; the highest unless given. */
  most?: number | undefined;
  format: (value: number) => string;
}) {
  const { time } = useFormats();
  const highest = Math.max(0, ...points.map(({ value }) => value));
  return (
    <figure className={styles.card}>
      <figcaption className={styles.title}>{title}</figcaption>
      <p className={styles.now}>{now === undefined ? '–' : format(now)}</p>
      <p className={styles.hint}>
        {hint ?? (points.length > 0 && <Trans>at most {format(highest)} in 24 hours</Trans>)}
      </p>
      <LineChart points={points} from={from} to={to} stepMs={stepMs} most={most ?? highest} />
      <div aria-hidden className={styles.axis}>
        <span>{time(from)}</span>
        <span>{time((from + to) / 2)}</span>
        <span>{time(to)}</span>
      </div>
      <details className={styles.table}>
        <summary>
          <Trans>As a table</Trans>
        </summary>
        <table>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Hour</Trans>
              </th>
              <th scope="col">
                <Trans>Highest</Trans>
              </th>
            </tr>
          </thead>
          <tbody>
            {highestByHour(points).map(({ at, value }) => (
              <tr key={at}>
                <th scope="row">{time(at)}</th>
                <td>{format(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
