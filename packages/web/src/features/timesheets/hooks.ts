import { useMemo } from 'react';
import { weekStart } from '../../i18n/days.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useNow } from '../../live/clock.ts';
import { useLive } from '../../live/use-live.ts';
import { useOperation, useOperations } from '../../live/use-operation.ts';
import { rowsOf, type TimeQuery, weekFrom } from './model.ts';

const MINUTE_MS = 60_000;

/** The days that the page shows. */
export function useWeek({ from }: TimeQuery) {
  const { dayKey, firstWeekday } = useFormats();
  const today = dayKey(useNow(MINUTE_MS));
  const day = from ?? today;
  return useMemo(() => ({ today, day, days: weekFrom(weekStart(day, firstWeekday)) }), [today, day, firstWeekday]);
}

/** Time by task and day; what is running goes on by itself. */
export function useWeekTime(workspaceId: string, days: readonly string[], today: string, userId: string | undefined) {
  const timeZone = useLive(({ me }) => me?.timezone);
  const answers = useOperations(
    'timesheets.get',
    days.map((day) => ({
      ...{ workspaceId, from: day, to: day, by: 'task' as const },
      ...(userId !== undefined && { userId }),
      ...(timeZone !== undefined && { timeZone }),
    })),
  );
  const now = useNow(MINUTE_MS);
  const running = useRunning(userId);
  const isLoading = answers.some(({ data }) => data === undefined);
  const sheets = answers.map(({ data }) => data);
  const at = days.indexOf(today);
  const since = sheets[at]?.asOf;
  const rows = rowsOf(sheets).map((row) => {
    const timers = running.get(row.taskId) ?? 0;
    if (timers === 0 || since === undefined) return row;
    const grown = timers * Math.max(0, now - Date.parse(since));
    return { ...row, ms: row.ms.map((ms, index) => (index === at ? ms + grown : ms)), total: row.total + grown };
  });
  return {
    rows: isLoading ? undefined : rows,
    running,
    error: answers.find(({ error }) => error)?.error ?? null,
    retry: () => {
      for (const answer of answers) void answer.refetch();
    },
  };
}

/** How many timers run on each task that I follow; of one person, or of everybody. */
function useRunning(userId: string | undefined): ReadonlyMap<string, number> {
  const tasks = useLive((state) => state.tasks);
  return useMemo(() => {
    const counts = Object.values(tasks).map(({ id, timer }): [string, number] => [
      id,
      timer.running.filter((session) => userId === undefined || session.userId === userId).length,
    ]);
    return new Map(counts.filter(([, count]) => count > 0));
  }, [tasks, userId]);
}

/** The locked periods of a workspace, the latest first. */
export function useLocks(workspaceId: string) {
  return useOperation('periodLocks.list', { workspaceId }).data?.items ?? [];
}

/** The entries of a task that begin on a day, with the corrections of each; the earliest first. */
export function useDayEntries(taskId: string, day: string, userId: string | undefined) {
  const { dayKey } = useFormats();
  const { data, error, refetch } = useOperation('timeEntries.list', {
    taskId,
    limit: 200,
    ...(userId !== undefined && { userId }),
  });
  const entries = useMemo(() => {
    const all = data?.items;
    return all
      ?.filter(({ kind, startedAt }) => kind !== 'correction' && dayKey(startedAt) === day)
      .map((entry) => ({ entry, corrections: all.filter(({ corrects }) => corrects === entry.id) }))
      .sort((one, other) => one.entry.startedAt.localeCompare(other.entry.startedAt));
  }, [data, day, dayKey]);
  return { entries, error, retry: refetch };
}
