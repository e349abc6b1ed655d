import type { AnalyticsDay } from '@atrium/protocol';
import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Fragment, type KeyboardEvent, useMemo, useState } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { ChartTable } from '../../../ui/charts/chart-table.tsx';
import { classes } from '../../../ui/classes.ts';
import { beginsMonth, dayBeside, goodDay, heatOf, YEAR_WEEKS, yearWeeks } from '../model.ts';
import styles from './progress.module.css';

const HEATS = [styles.heat0, styles.heat1, styles.heat2, styles.heat3, styles.heat4];
/** Weeks that a narrow page shows, and one of middle width. */
const NARROW = 20;
const MIDDLE = 36;

/** Hides weeks that are too long ago for the width of the page. */
const ageOf = (week: number) =>
  classes(week < YEAR_WEEKS - NARROW && styles.old, week < YEAR_WEEKS - MIDDLE && styles.older);

/** Each day of the year by how much was completed. Arrows move over the days; the line below says what is chosen. */
export function YearMap({ days, today }: { days: readonly AnalyticsDay[]; today: string }) {
  const { t } = useLingui();
  const { dateOfDay, firstWeekday, month, number, weekdayName } = useFormats();
  const weeks = useMemo(() => yearWeeks(days, today, firstWeekday), [days, today, firstWeekday]);
  const good = useMemo(() => goodDay(days.map(({ completed }) => completed)), [days]);
  const [chosen, setChosen] = useState(today);
  const nameOf = (date: string) => `${weekdayName(date)}, ${dateOfDay(date)}`;
  const textOf = (at: number) => {
    const count = days[at]?.completed ?? 0;
    const done = plural(count, { 0: 'nothing completed', one: '# task completed', other: '# tasks completed' });
    return `${nameOf(chosen)}: ${done}`;
  };
  const at = days.findIndex(({ date }) => date === chosen);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = dayBeside(chosen, event.key, days[0]?.date ?? today, today);
    if (next === undefined) return;
    event.preventDefault();
    setChosen(next);
  };
  return (
    <>
      <div
        role="slider"
        aria-label={t`Completed tasks by day`}
        aria-valuemin={0}
        aria-valuemax={days.length - 1}
        aria-valuenow={at}
        aria-valuetext={textOf(at)}
        tabIndex={0}
        className={styles.year}
        onKeyDown={onKeyDown}
      >
        <span />
        {weeks[0]?.map(({ date }, index) => (
          <span key={date} className={styles.weekday}>
            {index % 2 === 0 && weekdayName(date)}
          </span>
        ))}
        {weeks.map((week, index) => (
          <Fragment key={week[0]?.date}>
            <span className={classes(styles.month, ageOf(index))}>
              {beginsMonth(weeks, index) && month(week[0]?.date ?? today)}
            </span>
            {week.map(({ date, day }) => (
              <span
                key={date}
                className={classes(
                  ageOf(index),
                  day && styles.day,
                  day && HEATS[heatOf(day.completed, good)],
                  date === chosen && styles.chosen,
                )}
                onPointerEnter={day && (() => setChosen(date))}
              />
            ))}
          </Fragment>
        ))}
      </div>
      <div className={styles.yearFoot}>
        <span className={styles.pointed}>{textOf(at)}</span>
        <span aria-hidden className={styles.legend}>
          <Trans>Less</Trans>
          {HEATS.map((heat) => (
            <span key={heat} className={classes(styles.sample, heat)} />
          ))}
          <Trans context="amount">More</Trans>
        </span>
      </div>
      <ChartTable
        title={t`Day`}
        unit={t`Completed`}
        rows={days
          .filter(({ completed }) => completed > 0)
          .toReversed()
          .map(({ date, completed }) => ({ key: date, name: nameOf(date), shown: number(completed) }))}
      />
    </>
  );
}
