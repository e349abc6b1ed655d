import { Trans, useLingui } from '@lingui/react/macro';
import { problemText } from '../../../i18n/problems.ts';
import { useOperationPages } from '../../../live/use-operation.ts';
import { Button } from '../../../ui/button/button.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { List, Page } from '../../../ui/layout/pane.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { notificationsAddress, reasonsAddress } from '../model.ts';
import { DecisionCard } from '../parts/decision-card.tsx';
import styles from '../parts/reasons.module.css';

/** `/inbox/notifications/reasons`: why I was told of something, or was not. */
export function ReasonsScreen({ notificationId }: { notificationId: string | undefined }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { items, error, hasMore, isLoadingMore, loadMore, retry } = useOperationPages(
    'notifications.decisions',
    notificationId === undefined ? {} : { notificationId },
  );
  return (
    <Page
      title={t`Why you were told`}
      intro={t`Each event of the last 30 days that concerned you, and what became of it.`}
      actions={
        notificationId === undefined ? (
          <Button onClick={() => navigate(notificationsAddress({}))}>
            <Trans>To the notifications</Trans>
          </Button>
        ) : (
          <Button onClick={() => navigate(reasonsAddress(), { replace: true })}>
            <Trans>Show all events</Trans>
          </Button>
        )
      }
    >
      {error && !items ? (
        <ErrorState title={t`The reasons could not be loaded`} onRetry={retry}>
          {problemText(error)}
        </ErrorState>
      ) : !items ? (
        <Skeleton rows={4} kind="card" />
      ) : items.length > 0 ? (
        <List label={t`Events`}>
          {items.map((decision) => (
            <DecisionCard key={decision.id} decision={decision} />
          ))}
        </List>
      ) : (
        <EmptyState title={t`Nothing happened yet`}>
          <Trans>Once something concerns you, you see here by which channel you were told, and why.</Trans>
        </EmptyState>
      )}
      {hasMore && (
        <div className={styles.more}>
          <Button busy={isLoadingMore} onClick={loadMore}>
            <Trans>Show earlier ones</Trans>
          </Button>
        </div>
      )}
    </Page>
  );
}
