import { Trans, useLingui } from '@lingui/react/macro';
import { List, Section } from '../../../ui/layout/pane.tsx';
import { Link } from '../../../ui/link/link.tsx';
import { rove } from '../../../ui/roving.ts';
import { useNotifications } from '../hooks.ts';
import { notificationsAddress } from '../model.ts';
import { NotificationRow } from './notification-row.tsx';
import styles from './notifications.module.css';

const SHOWN = 5;

/** The latest notifications that I have not read, as a part of a page; nothing when there is none. */
export function RecentNotifications() {
  const { t } = useLingui();
  const { items } = useNotifications({ unread: true });
  const unread = items?.filter(({ readAt }) => readAt === null).slice(0, SHOWN) ?? [];
  if (unread.length === 0) return null;
  return (
    <Section
      title={t`New notifications`}
      action={
        <Link to={notificationsAddress({})} className={styles.all}>
          <Trans>Show all</Trans>
        </Link>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys move between the rows inside */}
      <div onKeyDown={rove}>
        <List label={t`New notifications`}>
          {unread.map((notification, at) => (
            <NotificationRow key={notification.id} notification={notification} isFirst={at === 0} />
          ))}
        </List>
      </div>
    </Section>
  );
}
