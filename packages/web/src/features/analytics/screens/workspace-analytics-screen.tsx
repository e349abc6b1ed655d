import type { WorkspaceAnalytics } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { problemText } from '../../../i18n/problems.ts';
import { useNow } from '../../../live/clock.ts';
import { useReport } from '../../../live/use-operation.ts';
import { Button } from '../../../ui/button/button.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { DownloadIcon, RetryIcon } from '../../../ui/icons.ts';
import { Section } from '../../../ui/layout/pane.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { hoursOf } from '../../timers/index.ts';
import { WorkspaceFrame } from '../../workspaces/index.ts';
import { type CsvTable, saveAsCsv } from '../commands.ts';
import { type AskedPeriod, type Period, periodOf } from '../model.ts';
import { PeriodBar } from '../parts/period-bar.tsx';
import { type Share, Shares } from '../parts/shares.tsx';
import styles from '../parts/workspace.module.css';
import { WorkspaceCharts } from '../parts/workspace-charts.tsx';

const MINUTE_MS = 60_000;

/** `/w/:id/settings/analytics`: what is done in a workspace, for those who run it. */
export function WorkspaceAnalyticsScreen({ workspaceId, asked }: { workspaceId: string; asked: AskedPeriod }) {
  const { t } = useLingui();
  const { dayKey } = useFormats();
  const navigate = useNavigate();
  const today = dayKey(useNow(MINUTE_MS));
  const period = periodOf(asked, today);
  const { data, error, isFetching, refetch } = useReport('analytics.ofWorkspace', { workspaceId, ...period });
  useEffect(() => {
    document.title = `${t`Analytics`} · Atrium`;
  }, [t]);
  const change = ({ from, to }: Period) =>
    navigate(`/w/${workspaceId}/settings/analytics?from=${from}&to=${to}`, { replace: true });
  return (
    <WorkspaceFrame
      workspaceId={workspaceId}
      part="analytics"
      intro={t`How much is done here, by your days. Nobody sees what was said, or who said it.`}
    >
      <PeriodBar period={period} today={today} onChange={change} />
      {error ? (
        <ErrorState title={t`The analytics could not be loaded`} onRetry={() => void refetch()}>
          {problemText(error)}
        </ErrorState>
      ) : data === undefined ? (
        <Skeleton rows={8} />
      ) : (
        <Report
          analytics={data}
          isBusy={isFetching}
          onRefresh={() => void refetch()}
          onSave={(table) => saveAsCsv({ workspaceId, ...period }, table)}
        />
      )}
    </WorkspaceFrame>
  );
}

interface ReportProps {
  analytics: WorkspaceAnalytics;
  isBusy: boolean;
  onRefresh: () => void;
  onSave: (table: CsvTable) => void;
}

function Report({ analytics, isBusy, onRefresh, onSave }: ReportProps) {
  const { t } = useLingui();
  const { time } = useFormats();
  const { categories, people, total } = analytics;
  const share = (key: string, name: string, value: number): Share => {
    return { key, name, value, shown: hoursOf(value), part: total.trackedMs > 0 ? value / total.trackedMs : 0 };
  };
  const isEmpty = total.messages === 0 && total.activePeople === 0 && total.trackedMs === 0;
  return (
    <>
      {isEmpty ? (
        <EmptyState title={t`Nothing was done on these days`}>
          {t`Messages, completed tasks and tracked time are counted here.`}
        </EmptyState>
      ) : (
        <WorkspaceCharts analytics={analytics} />
      )}
      <div className={styles.foot}>
        <Trans>As of {time(analytics.asOf)}</Trans>
        <Button size={28} icon={RetryIcon} busy={isBusy} onClick={onRefresh}>
          <Trans>Refresh</Trans>
        </Button>
        <Button size={28} icon={DownloadIcon} onClick={() => onSave('days')}>
          <Trans>Save as CSV</Trans>
        </Button>
      </div>
      <Section title={<Trans>Tracked time by person</Trans>} action={<Save onSave={() => onSave('people')} />}>
        {people.length > 0 ? (
          <Shares
            label={t`Tracked time by person`}
            shares={people.map(({ userId, name, trackedMs }) => share(userId, name ?? t`Former member`, trackedMs))}
          />
        ) : (
          <NoTime />
        )}
      </Section>
      <Section title={<Trans>Tracked time by category</Trans>} action={<Save onSave={() => onSave('categories')} />}>
        {categories.length > 0 ? (
          <Shares
            label={t`Tracked time by category`}
            shares={categories.map(({ category, trackedMs }) =>
              share(category, category === 'Uncategorized' ? t`Uncategorized` : category, trackedMs),
            )}
          />
        ) : (
          <NoTime />
        )}
      </Section>
    </>
  );
}

function Save({ onSave }: { onSave: () => void }) {
  return (
    <Button variant="plain" size={28} icon={DownloadIcon} onClick={onSave}>
      <span translate="no">CSV</span>
    </Button>
  );
}

function NoTime() {
  return (
    <p className={styles.none}>
      <Trans>No time was tracked on these days.</Trans>
    </p>
  );
}
