import { useFormats } from '../../i18n/formats.ts';
import { useNow } from '../../live/clock.ts';
import { useOperation } from '../../live/use-operation.ts';
import { yearStart } from './model.ts';

const MINUTE_MS = 60_000;

/** What I have done, and each day of the last year. It is asked again when a new day begins. */
export function useProgress() {
  const { dayKey, firstWeekday } = useFormats();
  const today = dayKey(useNow(MINUTE_MS));
  const analytics = useOperation('analytics.get', {});
  const year = useOperation('analytics.days', { from: yearStart(today, firstWeekday), to: today });
  const isStale = analytics.data !== undefined && analytics.data.today < today;
  if (isStale && !analytics.isFetching) void analytics.refetch();
  return {
    today,
    analytics: analytics.data,
    days: year.data?.days,
    error: analytics.error ?? year.error,
    retry: () => {
      void analytics.refetch();
      void year.refetch();
    },
  };
}
