import { useLingui } from '@lingui/react/macro';
import { useLocation } from '@tanstack/react-router';
import { type ReactNode, useRef } from 'react';
import { IconButton } from '../../ui/button/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/icon/icon.tsx';
import { MenuIcon, SearchIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/link/link.tsx';
import { Count } from '../../ui/text/count.tsx';
import { type Destination, isAt, useDestinations } from './destinations.ts';
import { MeMenu } from './me-menu.tsx';
import styles from './sidebar.module.css';
import { useOpenSidebar } from './use-open-sidebar.ts';
import { WorkspaceMenu } from './workspace-menu.tsx';

export interface SidebarProps {
  workspaceId: string | undefined;
  /** Covers the page, on screens where only the rail fits. */
  isOpen: boolean;
  onToggle: () => void;
  onSearch: () => void;
  /** The conversations of the workspace. */
  conversations: ReactNode;
  /** What is always visible at its bottom, such as running timers. */
  foot?: ReactNode;
}

/** The sidebar: the workspace, the destinations, its conversations, and the user. */
export function Sidebar({ workspaceId, isOpen, onToggle, onSearch, conversations, foot }: SidebarProps) {
  const { t } = useLingui();
  const destinations = useDestinations();
  const element = useRef<HTMLDivElement>(null);
  useOpenSidebar(element, isOpen, onToggle);
  return (
    <div ref={element} className={classes(styles.sidebar, isOpen && styles.open)}>
      <div className={styles.head}>
        <IconButton
          icon={MenuIcon}
          label={isOpen ? t`Close the side bar` : t`Open the side bar`}
          aria-expanded={isOpen}
          onClick={onToggle}
          className={styles.expand}
        />
        <WorkspaceMenu workspaceId={workspaceId} />
        <IconButton icon={SearchIcon} label={t`Find anything`} keys="mod+k" onClick={onSearch} />
      </div>
      <div className={styles.scroll}>
        <nav aria-label={t`Places`}>
          {destinations.map((destination) => (
            <DestinationLink key={destination.to} {...destination} />
          ))}
        </nav>
        <div className={styles.wide}>{conversations}</div>
      </div>
      <div className={styles.foot}>
        {foot}
        <MeMenu />
      </div>
    </div>
  );
}

function DestinationLink(destination: Destination) {
  const { pathname } = useLocation();
  const { to, label, icon, keys, count, work } = destination;
  const isHere = isAt(destination, pathname);
  return (
    <Link
      to={to}
      className={classes(styles.link, isHere && styles.here)}
      aria-current={isHere ? 'page' : undefined}
      data-tip={label}
      data-tip-keys={keys}
    >
      <Icon of={icon} />
      <span className={styles.name}>{label}</span>
      <span className={styles.end}>{count && count.of > 0 ? <Count {...count} /> : work}</span>
    </Link>
  );
}
