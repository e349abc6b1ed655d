import { useLingui } from '@lingui/react/macro';
import { Segmented } from '../../../ui/choice/choice.tsx';
import { BellIcon, MessageIcon } from '../../../ui/icons.ts';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { useUnreadNotifications } from '../hooks.ts';
import { notificationsAddress } from '../model.ts';
import styles from './notifications.module.css';

/** The two halves of the inbox: conversations, and everything else that one is told. */
export function InboxTabs({ current }: { current: 'conversations' | 'notifications' }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const unread = useUnreadNotifications();
  return (
    <div className={styles.tabs}>
      <Segmented
        label={t`Inbox`}
        value={current}
        onChange={(value) => navigate(value === 'conversations' ? '/inbox' : notificationsAddress({}))}
        options={[
          { value: 'conversations', label: t`Conversations`, icon: MessageIcon },
          {
            value: 'notifications',
            label: t`Notifications`,
            icon: BellIcon,
            ...(unread > 0 && { count: unread }),
          },
        ]}
      />
    </div>
  );
}
