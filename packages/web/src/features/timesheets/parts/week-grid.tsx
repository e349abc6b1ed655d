import type { PeriodLock } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { classes } from '../../../ui/classes.ts';
import { Link } from '../../../ui/link/link.tsx';
import { Hidden } from '../../../ui/text/hidden.tsx';
import { hoursOf } from '../../timers/index.ts';
import { isLocked, sum, type TaskTime } from '../model.ts';
import styles from './time.module.css';

export interface SheetProps {
  days: readonly string[];
  today: string;
  rows: readonly TaskTime[];
  /** How many timers run on each task. */
  running: ReadonlyMap<string, number>;
  locks: readonly PeriodLock[];
  /** Opens the entries of a task on a day. */
  onOpen: (row: TaskTime, day: string) => void;
}

/** Tasks by days; a cell opens its entries. */
export function WeekGrid({ days, today, rows, running, locks, onOpen }: SheetProps) {
  const { t } = useLingui();
  const { weekday } = useFormats();
  return (
    <table className={styles.grid}>
      <caption className={styles.caption}>
        <Trans>Hours and minutes by task and day</Trans>
      </caption>
      <thead>
        <tr>
          <th scope="col" className={classes(styles.dayHead, styles.task)}>
            <Trans>Task</Trans>
          </th>
          {days.map((day) => (
            <th key={day} scope="col" className={classes(styles.dayHead, day === today && styles.today)}>
              {weekday(day)}
              {isLocked(locks, day) && <Hidden> {t`locked`}</Hidden>}
            </th>
          ))}
          <th scope="col" className={styles.dayHead}>
            <Trans>Total</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.taskId}>
            <th scope="row" className={styles.task}>
              <Link to={`/tasks/${row.taskId}`} className={styles.title}>
                <bdi>{row.title}</bdi>
              </Link>
            </th>
            {days.map((day, at) => (
              <td key={day} className={classes(isLocked(locks, day) && styles.locked)}>
                <Cell
                  row={row}
                  day={day}
                  ms={row.ms[at] ?? 0}
                  isRunning={day === today && running.has(row.taskId)}
                  onOpen={onOpen}
                />
              </td>
            ))}
            <td className={styles.total}>{hoursOf(row.total)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" className={styles.task}>
            <Trans>Total</Trans>
          </th>
          {days.map((day, at) => (
            <td key={day}>{spent(sum(rows.map(({ ms }) => ms[at] ?? 0)))}</td>
          ))}
          <td className={styles.total}>{hoursOf(sum(rows.map(({ total }) => total)))}</td>
        </tr>
      </tfoot>
    </table>
  );
}

/** Nothing is a dash: what counts is easier to find. */
const spent = (ms: number) => (ms === 0 ? '–' : hoursOf(ms));

function Cell({
  row,
  day,
  ms,
  isRunning,
  onOpen,
}: {
  row: TaskTime;
  day: string;
  ms: number;
  isRunning: boolean;
  onOpen: SheetProps['onOpen'];
}) {
  const { t } = useLingui();
  const { weekday } = useFormats();
  if (ms === 0 && !isRunning) return <span className={styles.none}>–</span>;
  const name = `${row.title}, ${weekday(day)}: ${hoursOf(ms)}`;
  return (
    <button
      type="button"
      className={classes(styles.cell, isRunning && styles.running)}
      aria-label={isRunning ? t`${name}, running` : name}
      onClick={() => onOpen(row, day)}
    >
      {isRunning && <span aria-hidden className={styles.dot} />}
      {hoursOf(ms)}
    </button>
  );
}
