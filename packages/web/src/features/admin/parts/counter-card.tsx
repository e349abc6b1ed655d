import { Trans, useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { ChartTable } from '../../../ui/charts/chart-table.tsx';
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
  const { t } = useLingui();
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
      <ChartTable
        title={t`Hour`}
        unit={t`Highest`}
        rows={highestByHour(points).map(({ at, value }) => ({
          key: String(at),
          name: time(at),
          shown: format(value),
        }))}
      />
    </figure>
  );
}
