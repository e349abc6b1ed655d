import type { WorkspaceAnalytics } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { hoursOf } from '../../timers/index.ts';
import { DailyChart } from './daily-chart.tsx';
import { spanText } from './span-text.ts';
import styles from './workspace.module.css';

type Count = 'messages' | 'activePeople' | 'completed';

/** What was done in a workspace on each day. */
export function WorkspaceCharts({ analytics: { days, total } }: { analytics: WorkspaceAnalytics }) {
  const { t } = useLingui();
  const { number } = useFormats();
  const counts = (key: Count) => ({
    figure: number(total[key]),
    days: days.map((day) => ({ date: day.date, value: day[key], shown: number(day[key]) })),
  });
  return (
    <div className={styles.charts}>
      <DailyChart title={t`Messages`} unit={t`Messages`} {...counts('messages')} />
      <DailyChart
        title={t`Active people`}
        unit={t({ message: 'People', context: 'count' })}
        hint={t`Sent a message, completed a task or tracked time`}
        {...counts('activePeople')}
      />
      <DailyChart
        title={t`Completed tasks`}
        unit={t`Completed`}
        hint={t`Without those that were reopened`}
        {...counts('completed')}
      />
      <DailyChart
        title={t`Lead time`}
        unit={t`Median`}
        figure={total.leadTime === null ? '–' : spanText(total.leadTime.medianMs)}
        hint={
          total.leadTime === null
            ? t`Nothing was completed`
            : t`Median from creation to completion; 9 in 10 within ${spanText(total.leadTime.p90Ms)}`
        }
        days={days.map(({ date, leadTime }) => ({
          date,
          value: leadTime?.medianMs ?? 0,
          shown: leadTime === null ? '–' : spanText(leadTime.medianMs),
        }))}
      />
      <DailyChart
        title={t`Tracked time`}
        unit={t`Hours`}
        tone="ember"
        figure={hoursOf(total.trackedMs)}
        hint={t`Time on tasks, running timers included`}
        days={days.map(({ date, trackedMs }) => ({ date, value: trackedMs, shown: hoursOf(trackedMs) }))}
      />
    </div>
  );
}
