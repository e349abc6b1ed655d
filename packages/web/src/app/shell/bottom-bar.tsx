import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useLocation } from '@tanstack/react-router';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/icon/icon.tsx';
import { MenuIcon, MessageIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/link/link.tsx';
import { Count } from '../../ui/text/count.tsx';
import { type Place, usePlaces } from './places.ts';
import styles from './wall.module.css';

/** The places at the foot of a narrow screen. */
export function BottomBar({ onMore }: { onMore: () => void }) {
  const { t } = useLingui();
  const { pathname } = useLocation();
  const places = usePlaces();
  const chat: Place = { to: '/c', label: t`Chat`, icon: MessageIcon };
  const tabs = [...places.slice(0, 2), chat, ...places.slice(2, 3)];
  return (
    <nav aria-label={t`Places`} className={styles.bar}>
      {tabs.map(({ to, label, icon, mentions = 0 }) => {
        const isHere = pathname === to || pathname.startsWith(`${to}/`);
        return (
          <Link
            key={to}
            to={to}
            className={classes(styles.tab, isHere && styles.current)}
            aria-current={isHere ? 'page' : undefined}
          >
            <Icon of={icon} />
            {label}
            {mentions > 0 && (
              <span className={styles.tabCount}>
                <Count of={mentions} label={plural(mentions, { one: '# mention', other: '# mentions' })} />
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
