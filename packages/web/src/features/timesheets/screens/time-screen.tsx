import { useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { problemText } from '../../../i18n/problems.ts';
import { useLive } from '../../../live/use-live.ts';
import { classes } from '../../../ui/classes.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { Page } from '../../../ui/layout/pane.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { useLocks, useWeek, useWeekTime } from '../hooks.ts';
import { type TaskTime, type TimeQuery, timeAddress } from '../model.ts';
import { AddTimeDialog } from '../parts/add-time-dialog.tsx';
import { DaySheet } from '../parts/day-sheet.tsx';
import { EntriesDialog } from '../parts/entries-dialog.tsx';
import { ForgottenTimers } from '../parts/forgotten.tsx';
import { LocksDialog } from '../parts/locks-dialog.tsx';
import styles from '../parts/time.module.css';
import { TimeBar } from '../parts/time-bar.tsx';
import { WeekGrid } from '../parts/week-grid.tsx';

type Open = { kind: 'add' } | { kind: 'locks' } | { kind: 'entries'; task: TaskTime; day: string };

/** `/w/:id/time`: where time went, by task and day. */
export function TimeScreen({ workspaceId, query }: { workspaceId: string; query: TimeQuery }) {
  const { t } = useLingui();
  const { dateOfDay } = useFormats();
  const navigate = useNavigate();
  const myId = useLive(({ me }) => me?.id);
  const { today, day, days } = useWeek(query);
  const userId = query.who === 'all' ? undefined : (query.who ?? myId);
  const { rows, running, error, retry } = useWeekTime(workspaceId, days, today, userId);
  const locks = useLocks(workspaceId);
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const change = (part: TimeQuery) => navigate(timeAddress(workspaceId, { ...query, ...part }), { replace: true });
  useEffect(() => {
    document.title = `${t`Time`} · Atrium`;
  }, [t]);
  const sheet = {
    ...{ days, today, running, locks, rows: rows ?? [] },
    onOpen: (task: TaskTime, at: string) => setOpen({ kind: 'entries', task, day: at }),
  };
  return (
    <Page wide title={t`Time`}>
      <ForgottenTimers />
      <TimeBar
        workspaceId={workspaceId}
        query={query}
        days={days}
        userId={userId}
        onChange={change}
        onAdd={() => setOpen({ kind: 'add' })}
        onLocks={() => setOpen({ kind: 'locks' })}
      />
      {error && !rows ? (
        <ErrorState title={t`The times could not be loaded`} onRetry={retry}>
          {problemText(error)}
        </ErrorState>
      ) : !rows ? (
        <Skeleton rows={5} />
      ) : (
        <div className={classes(query.by === 'day' && styles.byDay)}>
          <div className={styles.week}>
            {rows.length > 0 ? (
              <WeekGrid {...sheet} />
            ) : (
              <EmptyState title={t`No time from ${dateOfDay(days[0] ?? day)} to ${dateOfDay(days[6] ?? day)}`}>
                {t`Start a timer on a task, or add time that you forgot to start.`}
              </EmptyState>
            )}
          </div>
          <div className={styles.day}>
            <DaySheet {...sheet} day={day} onDay={(from) => change({ from })} />
          </div>
        </div>
      )}
      {open?.kind === 'add' && <AddTimeDialog workspaceId={workspaceId} day={day} onClose={close} />}
      {open?.kind === 'locks' && <LocksDialog workspaceId={workspaceId} locks={locks} onClose={close} />}
      {open?.kind === 'entries' && (
        <EntriesDialog workspaceId={workspaceId} task={open.task} day={open.day} userId={userId} onClose={close} />
      )}
    </Page>
  );
}
