import type { Notification } from '@atrium/protocol';
import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { KeyboardEvent } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { classes } from '../../../ui/classes.ts';
import { Icon } from '../../../ui/icon/icon.tsx';
import { CheckIcon, HelpIcon, MoreIcon, SettingsIcon } from '../../../ui/icons.ts';
import { Link } from '../../../ui/link/link.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { MenuIconButton } from '../../../ui/menu/menu.tsx';
import { menuOf } from '../../../ui/menu/menu-entry.ts';
import { Hidden } from '../../../ui/text/hidden.tsx';
import { readNotification } from '../commands.ts';
import { reasonsAddress, targetOf } from '../model.ts';
import { useNotificationText } from './notification-text.ts';
import styles from './notifications.module.css';
import { TYPE_ICONS } from './type-icon.ts';

/** One notification. Enter opens what it is about, which reads it; e only marks it as read. */
export function NotificationRow({ notification, isFirst }: { notification: Notification; isFirst: boolean }) {
  const { t } = useLingui();
  const { time } = useFormats();
  const navigate = useNavigate();
  const { title, about } = useNotificationText(notification);
  const { count, id, readAt, type, updatedAt } = notification;
  const isUnread = readAt === null;
  const read = () => void readNotification(notification);
  const keyDown = (event: KeyboardEvent) => {
    if (event.key !== 'e' || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    read();
  };
  const words = (
    <>
      <span className={styles.sign}>
        <Icon of={TYPE_ICONS[type]} />
      </span>
      <span className={styles.words}>
        <span className={styles.title} dir="auto">
          {title}
        </span>
        {isUnread && <Hidden>{t`unread`}</Hidden>}
        <span className={styles.about} dir="auto">
          {about}
        </span>
      </span>
      {count > 1 && (
        <span className={styles.count}>
          <span aria-hidden>×{count}</span>
          <Hidden>{plural(count, { one: '# time', other: '# times' })}</Hidden>
        </span>
      )}
      <time dateTime={updatedAt} className={styles.time}>
        {time(updatedAt)}
      </time>
    </>
  );
  const target = targetOf(notification);
  const place = { 'data-rove': true, tabIndex: isFirst ? 0 : -1, className: styles.open, onKeyDown: keyDown };
  return (
    <li className={classes(styles.row, isUnread && styles.unread)}>
      {target === undefined ? (
        <button type="button" {...place} onClick={read}>
          {words}
        </button>
      ) : (
        <Link {...place} to={target} onClick={read}>
          {words}
        </Link>
      )}
      <MenuIconButton
        size={28}
        icon={MoreIcon}
        label={t`More about: ${title}`}
        align="end"
        entries={menuOf(
          isUnread && { label: t`Mark as read`, icon: CheckIcon, keys: 'e', onSelect: read },
          { label: t`Why this?`, icon: HelpIcon, onSelect: () => navigate(reasonsAddress(id)) },
          { label: t`Change what I am told`, icon: SettingsIcon, onSelect: () => navigate('/account/notifications') },
        )}
      />
    </li>
  );
}
