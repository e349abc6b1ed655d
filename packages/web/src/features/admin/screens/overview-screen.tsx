import { useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { problemText } from '../../../i18n/problems.ts';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { useMe } from '../../identity/index.ts';
import { STEP_MINUTES, useCounters } from '../hooks.ts';
import { type CounterName, pointsOf } from '../model.ts';
import { AdminFrame } from '../parts/admin-frame.tsx';
import { CounterCard } from '../parts/counter-card.tsx';
import styles from '../parts/counters.module.css';

/** `/admin/overview`: what goes on here, now and in the last 24 hours. */
export function OverviewScreen() {
  const { t } = useLingui();
  const { role } = useMe();
  return (
    <AdminFrame part="overview" intro={t`What goes on here, on all servers. The lines show the last 24 hours.`}>
      {role === 'admin' && <Counters />}
    </AdminFrame>
  );
}

function Counters() {
  const { t } = useLingui();
  const { bytes, number } = useFormats();
  const { error, history, now, retry } = useCounters();
  if (history === undefined) {
    return error ? (
      <ErrorState title={t`The counters could not be loaded`} onRetry={retry}>
        {problemText(error)}
      </ErrorState>
    ) : (
      <Skeleton rows={6} />
    );
  }
  const diskBytes = now?.diskBytes;
  const cards: { name: CounterName; title: string; isBytes?: boolean; most?: number | undefined; hint?: string }[] = [
    { name: 'online', title: t`People online` },
    { name: 'sockets', title: t`Open connections` },
    { name: 'messagesPerMinute', title: t`Messages in the last minute` },
    { name: 'runningTimers', title: t`Running timers` },
    { name: 'ordersToday', title: t`Orders today` },
    { name: 'queueDepth', title: t`Jobs in the queue` },
    { name: 'databaseBytes', title: t`Database`, isBytes: true },
    {
      ...{ name: 'diskUsedBytes', title: t`Disk`, isBytes: true, most: diskBytes },
      ...(diskBytes !== undefined && { hint: t`used of ${bytes(diskBytes)}` }),
    },
  ];
  const { from, samples, to } = history;
  return (
    <div className={styles.cards}>
      {cards.map(({ name, title, isBytes, most, hint }) => (
        <CounterCard
          key={name}
          title={title}
          now={now?.[name]}
          hint={hint}
          points={pointsOf(samples, name, now)}
          from={from}
          to={to}
          stepMs={STEP_MINUTES * 60_000}
          most={most}
          format={isBytes ? bytes : number}
        />
      ))}
    </div>
  );
}
