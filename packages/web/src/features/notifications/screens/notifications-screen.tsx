import type { Notification } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { problemText } from '../../../i18n/problems.ts';
import { useNow } from '../../../live/clock.ts';
import { Button } from '../../../ui/button/button.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { List, Page, Section } from '../../../ui/layout/pane.tsx';
import { Link } from '../../../ui/link/link.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { rove } from '../../../ui/roving.ts';
import { readAllNotifications } from '../commands.ts';
import { useNotifications, useUnreadNotifications } from '../hooks.ts';
import { byDay, type NotificationFilters, notificationsAddress, reasonsAddress } from '../model.ts';
import { InboxTabs } from '../parts/inbox-tabs.tsx';
import { NotificationFilterBar } from '../parts/notification-filters.tsx';
import { NotificationRow } from '../parts/notification-row.tsx';
import styles from '../parts/notifications.module.css';

/** `/inbox/notifications`: what I was told, the latest first. */
export function NotificationsScreen({ filters }: { filters: NotificationFilters }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const unread = useUnreadNotifications();
  const { items, error, hasMore, isLoadingMore, loadMore, retry } = useNotifications(filters);
  const isFiltered = filters.type !== undefined || filters.unread === true;
  const change = (part: NotificationFilters) =>
    navigate(notificationsAddress({ ...filters, ...part }), { replace: true });
  return (
    <Page
      title={t`Notifications`}
      actions={
        unread > 0 && (
          <Button onClick={() => void readAllNotifications()}>
            <Trans>Mark all as read</Trans>
          </Button>
        )
      }
    >
      <InboxTabs current="notifications" />
      <NotificationFilterBar filters={filters} onChange={change} />
      {error && !items ? (
        <ErrorState title={t`The notifications could not be loaded`} onRetry={retry}>
          {problemText(error)}
        </ErrorState>
      ) : !items ? (
        <Skeleton rows={6} />
      ) : items.length > 0 ? (
        <Days items={items} />
      ) : (
        <Nothing isFiltered={isFiltered} onClear={() => navigate(notificationsAddress({}), { replace: true })} />
      )}
      {hasMore && (
        <div className={styles.more}>
          <Button busy={isLoadingMore} onClick={loadMore}>
            <Trans>Show earlier ones</Trans>
          </Button>
        </div>
      )}
      <p className={styles.foot}>
        <Link to="/account/notifications">
          <Trans>Change what you are told</Trans>
        </Link>
        <Link to={reasonsAddress()}>
          <Trans>Why did I not get something?</Trans>
        </Link>
      </p>
    </Page>
  );
}

function Nothing({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const { t } = useLingui();
  if (isFiltered) {
    return (
      <EmptyState
        title={t`No notification fits`}
        action={
          <Button onClick={onClear}>
            <Trans>Clear filters</Trans>
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState title={t`Nothing yet`}>
      <Trans>When somebody assigns you a task, completes one with you or mentions you, it is told here.</Trans>
    </EmptyState>
  );
}

function Days({ items }: { items: readonly Notification[] }) {
  const { t } = useLingui();
  const { day: dayName, dayKey } = useFormats();
  const today = dayKey(useNow(60_000));
  const days = useMemo(() => byDay(items, dayKey), [items, dayKey]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys move between the rows inside
    <div onKeyDown={rove}>
      {days.map(({ day, items: found }, at) => {
        const title = day === today ? t`Today` : dayName(found[0]?.updatedAt ?? day);
        return (
          <Section key={day} title={title}>
            <List label={title}>
              {found.map((notification, index) => (
                <NotificationRow key={notification.id} notification={notification} isFirst={at === 0 && index === 0} />
              ))}
            </List>
          </Section>
        );
      })}
    </div>
  );
}
