import type { Analytics, AnalyticsDay } from '@atrium/protocol';
import { Plural, useLingui } from '@lingui/react/macro';
import { dayAfter } from '../../../i18n/days.ts';
import { useFormats } from '../../../i18n/formats.ts';
import { hoursOf } from '../../timers/index.ts';
import { Bars } from './bars.tsx';
import styles from './progress.module.css';

const HOUR_MS = 3_600_000;
const WEEK = 7;

/** The last days and weeks: what was completed, and the time on tasks. */
export function Recent({ analytics, days }: { analytics: Analytics; days: readonly AnalyticsDay[] }) {
  const { t } = useLingui();
  const { dateOfDay, number, weekdayName } = useFormats();
  const { goals } = analytics.preferences;
  const sum = (counts: readonly { completed: number }[]) => counts.reduce((all, { completed }) => all + completed, 0);
  const today = analytics.dailyData.at(-1)?.completed ?? 0;
  const week = analytics.weeklyData.at(-1)?.completed ?? 0;
  return (
    <div className={styles.cards}>
      <Bars
        title={t`Last 7 days`}
        unit={t`Completed`}
        figure={number(sum(analytics.dailyData))}
        hint={
          goals.daily === null ? (
            <Plural value={today} one="# today" other="# today" />
          ) : (
            t`${number(today)} of ${number(goals.daily)} today`
          )
        }
        goal={goals.daily}
        bars={analytics.dailyData.map(({ date, completed }) => ({
          key: date,
          label: weekdayName(date),
          name: `${weekdayName(date)}, ${dateOfDay(date)}`,
          value: completed,
          shown: number(completed),
        }))}
      />
      <Bars
        title={t`Last 4 weeks`}
        unit={t`Completed`}
        figure={number(sum(analytics.weeklyData))}
        hint={
          goals.weekly === null ? (
            <Plural value={week} one="# this week" other="# this week" />
          ) : (
            t`${number(week)} of ${number(goals.weekly)} this week`
          )
        }
        goal={goals.weekly}
        bars={analytics.weeklyData.map(({ week: monday, completed }) => ({
          key: monday,
          label: dateOfDay(monday),
          name: `${dateOfDay(monday)} – ${dateOfDay(dayAfter(monday, WEEK - 1))}`,
          value: completed,
          shown: number(completed),
        }))}
      />
      <Bars
        title={t`Tracked time`}
        unit={t`Hours`}
        tone="ember"
        figure={hoursOf(analytics.trackedMs)}
        hint={t`in the last 7 days`}
        bars={days.slice(-WEEK).map(({ date, trackedMs }) => ({
          key: date,
          label: weekdayName(date),
          name: `${weekdayName(date)}, ${dateOfDay(date)}`,
          value: trackedMs / HOUR_MS,
          shown: hoursOf(trackedMs),
        }))}
      />
    </div>
  );
}
