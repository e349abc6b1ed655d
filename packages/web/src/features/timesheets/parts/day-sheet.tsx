import { Trans, useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { classes } from '../../../ui/classes.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { List } from '../../../ui/layout/pane.tsx';
import { Chip } from '../../../ui/text/chip.tsx';
import { hoursOf } from '../../timers/index.ts';
import { isLocked, sum } from '../model.ts';
import styles from './time.module.css';
import type { SheetProps } from './week-grid.tsx';

/** One day, with the days of its week as a strip. */
export function DaySheet({
  day,
  onDay,
  days,
  today,
  rows,
  running,
  locks,
  onOpen,
}: SheetProps & { day: string; onDay: (day: string) => void }) {
  const { t } = useLingui();
  const { weekday } = useFormats();
  const at = days.indexOf(day);
  const here = rows.filter(({ taskId, ms }) => (ms[at] ?? 0) !== 0 || (day === today && running.has(taskId)));
  return (
    <div>
      <fieldset className={styles.strip} aria-label={t`Day`}>
        {days.map((each, index) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === day}
            className={classes(styles.stripDay, each === day && styles.stripOn)}
            onClick={() => onDay(each)}
          >
            <span className={classes(each === today && styles.today)}>{weekday(each)}</span>
            <span className={styles.stripTime}>{hoursOf(sum(rows.map(({ ms }) => ms[index] ?? 0)))}</span>
          </button>
        ))}
      </fieldset>
      {isLocked(locks, day) && (
        <p className={styles.note}>
          <Trans>This day is locked: nothing can be entered or corrected.</Trans>
        </p>
      )}
      {here.length === 0 ? (
        <EmptyState title={t`No time on this day`} />
      ) : (
        <List label={weekday(day)}>
          {here.map((row) => (
            <li key={row.taskId} className={styles.dayRow}>
              <button type="button" className={styles.dayTask} onClick={() => onOpen(row, day)}>
                <bdi>{row.title}</bdi>
              </button>
              {day === today && running.has(row.taskId) && <Chip>{t`Running`}</Chip>}
              <span className={styles.dayTime}>{hoursOf(row.ms[at] ?? 0)}</span>
            </li>
          ))}
        </List>
      )}
    </div>
  );
}
