import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useLocation } from '@tanstack/react-router';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/icon/icon.tsx';
import { InboxIcon, MenuIcon, MessageIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/link/link.tsx';
import { Count } from '../../ui/text/count.tsx';
import { type Destination, isAt, useDestinations } from './destinations.ts';
import styles from './sidebar.module.css';
import { useWaitingCount } from './unread.ts';

/** The navigation at the bottom of a narrow screen. Mentions and notifications share one entry, the inbox. */
export function BottomBar({ onMore }: { onMore: () => void }) {
  const { t } = useLingui();
  const { pathname } = useLocation();
  const waiting = useWaitingCount();
  const [today, ...others] = useDestinations();
  const inbox: Destination = {
    to: '/inbox',
    label: t`Inbox`,
    icon: InboxIcon,
    count: { of: waiting, label: plural(waiting, { one: '# waits for you', other: '# wait for you' }) },
  };
  const chat: Destination = { to: '/c', label: t`Chat`, icon: MessageIcon };
  const tasks = others.find(({ to }) => to.endsWith('/tasks'));
  const tabs = [today, inbox, chat, tasks].filter((destination) => destination !== undefined);
  return (
    <nav aria-label={t`Places`} className={styles.bar}>
      {tabs.map((destination) => {
        const { to, label, icon, count } = destination;
        const isHere = isAt(destination, pathname);
        return (
          <Link
            key={to}
            to={to}
            className={classes(styles.tab, isHere && styles.current)}
            aria-current={isHere ? 'page' : undefined}
          >
            <Icon of={icon} />
            {label}
            {count && count.of > 0 && (
              <span className={styles.tabCount}>
                <Count {...count} />
              </span>
            )}
          </Link>
        );
      })}
      <button type="button" className={styles.tab} onClick={onMore}>
        <Icon of={MenuIcon} />
        <Trans>More</Trans>
      </button>
    </nav>
  );
}
