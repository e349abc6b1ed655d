import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { problemText } from '../../../i18n/problems.ts';
import { useOperation } from '../../../live/use-operation.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { Page } from '../../../ui/layout/pane.tsx';
import { Chip } from '../../../ui/text/chip.tsx';
import { ThreadCard } from '../parts/thread/thread-card.tsx';

/** `/threads`: the threads that I follow, latest active first. */
export function ThreadsScreen() {
  const { t } = useLingui();
  const { data, error, refetch } = useOperation('threads.list', { limit: 50 });
  return (
    <Page title={t`Threads`} intro={t`Those that you began, replied to or follow.`}>
      {error ? (
        <ErrorState title={t`The threads could not be loaded`} onRetry={() => void refetch()}>
          {problemText(error)}
        </ErrorState>
      ) : !data ? (
        <Skeleton rows={4} kind="message" />
      ) : data.items.length === 0 ? (
        <EmptyState title={t`No threads yet`}>
          <Trans>Reply to a message in a thread, and it stays together here.</Trans>
        </EmptyState>
      ) : (
        data.items.map(({ message, standing }) => (
          <ThreadCard
            key={message.id}
            message={message}
            badge={
              standing.unread > 0 && (
                <Chip tone="pool">
                  <Plural value={standing.unread} one="# new reply" other="# new replies" />
                </Chip>
              )
            }
          />
        ))
      )}
    </Page>
  );
}
