import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { useNow } from '../../../live/clock.ts';
import { useLive } from '../../../live/use-live.ts';
import { Page, Section } from '../../../ui/layout/pane.tsx';
import { useMe } from '../../identity/index.ts';
import { RecentNotifications } from '../../notifications/index.ts';
import { TodayReminders } from '../../reminders/index.ts';
import { DueTasks, useDueCount } from '../../tasks/index.ts';
import { RunningList } from '../../timers/index.ts';
import { hourIn, partOfDay, waitingIn } from '../model.ts';
import { NextSteps } from '../parts/next-steps.tsx';
import { WaitingList } from '../parts/waiting-list.tsx';

/** The first page of the day: what runs, what is due, what waits, and what to do next. */
export function TodayScreen({ workspaceId }: { workspaceId: string | undefined }) {
  const { t } = useLingui();
  const { day } = useFormats();
  const { name, timezone } = useMe();
  const now = useNow(60_000);
  const date = day(now);
  const due = useDueCount(workspaceId);
  const conversations = useLive((state) => state.conversations);
  const waiting = useMemo(() => waitingIn({ conversations }, workspaceId), [conversations, workspaceId]);
  const [first = name] = name.split(' ');
  const greetings = {
    night: t`Good evening, ${first}`,
    morning: t`Good morning, ${first}`,
    afternoon: t`Good afternoon, ${first}`,
    evening: t`Good evening, ${first}`,
  };
  return (
    <Page
      title={greetings[partOfDay(hourIn(timezone, now))]}
      intro={
        <>
          <Trans>{date}.</Trans>{' '}
          <Plural value={due} _0="Nothing is due today." one="# task is due." other="# tasks are due." />{' '}
          <Plural
            value={waiting.length}
            _0="Nothing waits for you."
            one="# conversation waits for you."
            other="# conversations wait for you."
          />
        </>
      }
    >
      <NextSteps workspaceId={workspaceId} />
      <RunningList />
      {workspaceId !== undefined && <DueTasks workspaceId={workspaceId} />}
      <TodayReminders />
      {waiting.length > 0 && (
        <Section title={<Trans>Waiting for you</Trans>}>
          <WaitingList waiting={waiting} />
        </Section>
      )}
      <RecentNotifications />
    </Page>
  );
}
