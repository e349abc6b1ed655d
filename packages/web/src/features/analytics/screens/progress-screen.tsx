import type { Analytics } from '@atrium/protocol';
import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { problemText } from '../../../i18n/problems.ts';
import { Button } from '../../../ui/button/button.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { SettingsIcon } from '../../../ui/icons.ts';
import { Page, Section } from '../../../ui/layout/pane.tsx';
import { useProgress } from '../hooks.ts';
import { Categories } from '../parts/categories.tsx';
import { GoalsDialog } from '../parts/goals-dialog.tsx';
import { Recent } from '../parts/recent.tsx';
import { YearMap } from '../parts/year-map.tsx';

/** `/you`: what I have done, and what I set out for. */
export function ProgressScreen() {
  const { t } = useLingui();
  const { today, analytics, days, error, retry } = useProgress();
  const [isEditing, setEditing] = useState(false);
  useEffect(() => {
    document.title = `${t`Progress`} · Atrium`;
  }, [t]);
  if (analytics === undefined || days === undefined) {
    return (
      <Page title={t`Progress`}>
        {error ? (
          <ErrorState title={t`Your progress could not be loaded`} onRetry={retry}>
            {problemText(error)}
          </ErrorState>
        ) : (
          <Skeleton rows={6} />
        )}
      </Page>
    );
  }
  const { preferences, streaks } = analytics;
  return (
    <Page
      title={plural(streaks.active, { 0: 'No streak yet', one: '# day in a row', other: '# days in a row' })}
      intro={<Summary analytics={analytics} />}
      actions={
        <Button icon={SettingsIcon} onClick={() => setEditing(true)}>
          <Trans>Goals and days off</Trans>
        </Button>
      }
    >
      <Section title={<Trans>The last year</Trans>}>
        <YearMap days={days} today={today} />
      </Section>
      <Recent analytics={analytics} days={days} />
      <Section title={<Trans>Tasks by category</Trans>}>
        {analytics.totalTasks > 0 ? (
          <Categories categories={analytics.categoryData} />
        ) : (
          <EmptyState title={t`No tasks yet`}>{t`Tasks that you are a member of are counted here.`}</EmptyState>
        )}
      </Section>
      {isEditing && <GoalsDialog preferences={preferences} today={today} onClose={() => setEditing(false)} />}
    </Page>
  );
}

/** The longest streak, how many tasks there are, and a pause. */
function Summary({ analytics }: { analytics: Analytics }) {
  const { t } = useLingui();
  const { dateOfDay, number } = useFormats();
  const { completedTasks, preferences, streaks, today, totalTasks } = analytics;
  const pause = preferences.pauses.find(({ from, to }) => from <= today && today <= to);
  const parts = [
    plural(streaks.longest, { 0: '', one: 'Longest streak: # day', other: 'Longest streak: # days' }),
    totalTasks > 0 && t`${number(completedTasks)} of ${number(totalTasks)} tasks completed`,
    pause !== undefined && t`Paused until ${dateOfDay(pause.to)}`,
  ];
  return <>{parts.filter(Boolean).join(' · ') || t`Complete a task to begin one.`}</>;
}
