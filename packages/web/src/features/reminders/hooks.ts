import type { Reminder } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { useCallback, useMemo } from 'react';
import { dayAfter } from '../../i18n/days.ts';
import { useFormats } from '../../i18n/formats.ts';
import { client } from '../../live/client.ts';
import { useNow } from '../../live/clock.ts';
import { useLive } from '../../live/use-live.ts';
import { byTime, type NamedTime, namedTimes } from './model.ts';

/** My open reminders, the earliest first. @param taskId only those about this task */
export function useReminders(taskId?: string): Reminder[] {
  const reminders = useLive((state) => state.reminders);
  return useMemo(
    () => byTime(Object.values(reminders).filter((each) => taskId === undefined || each.taskId === taskId)),
    [reminders, taskId],
  );
}

/** The times that are offered by name, as of a given instant: those on the screen are of the current minute. */
export function useNamedTimes(): { shown: NamedTime[]; at: (now: number) => NamedTime[] } {
  const { dayKey } = useFormats();
  const timeZone = useLive(({ me }) => me?.timezone);
  const now = useNow(60_000);
  const at = useCallback((instant: number) => namedTimes(instant, dayKey(instant), timeZone), [dayKey, timeZone]);
  return { shown: useMemo(() => at(now), [at, now]), at };
}

/** What the times that are offered are called. */
export function useTimeNames(): Readonly<Record<NamedTime['name'], string>> {
  const { t } = useLingui();
  return {
    minutes: t`In 20 minutes`,
    hour: t`In 1 hour`,
    evening: t`This evening`,
    tomorrow: t`Tomorrow morning`,
    monday: t`Next Monday`,
  };
}

/** Says an instant as briefly as its day allows: `Today, 18:00`, `Mon, 30 Nov, 09:00`. */
export function useMoment(): (at: string) => string {
  const { t } = useLingui();
  const { dayKey, moment, time } = useFormats();
  return (at) => {
    const today = dayKey(client.now());
    const clock = time(at);
    if (dayKey(at) === today) return t`Today, ${clock}`;
    if (dayKey(at) === dayAfter(today, 1)) return t`Tomorrow, ${clock}`;
    return moment(at);
  };
}

/** What somebody is called, in whichever workspace I know them from; undefined: it is me, or nobody I see. */
export function useOtherName(userId: string): string | undefined {
  return useLive(({ me, workspaces }) =>
    me?.id === userId
      ? undefined
      : Object.values(workspaces)
          .map(({ members }) => members[userId]?.user.name)
          .find((name) => name !== undefined),
  );
}
