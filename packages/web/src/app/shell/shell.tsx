import { Trans } from '@lingui/react/macro';
import { Outlet, useLocation } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { ErrorBoundary } from '../errors/error-boundary.tsx';
import { SessionEnded } from '../late-parts.ts';
import { Announcer } from './announcer.tsx';
import { BottomBar } from './bottom-bar.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import styles from './shell.module.css';
import { Sidebar } from './sidebar.tsx';
import { useTabState } from './tab-state.ts';

export interface ShellProps {
  workspaceId: string | undefined;
  /** The conversations in the sidebar. */
  conversations: ReactNode;
  /** What is always visible at the bottom of the sidebar. */
  foot?: ReactNode;
  onSearch: () => void;
  /** Whether the sidebar covers the page, on screens where only the rail fits. */
  isSidebarOpen: boolean;
  onSidebar: (isOpen: boolean) => void;
}

/** The frame of all pages that need a session. */
export function Shell({ workspaceId, conversations, foot, onSearch, isSidebarOpen, onSidebar }: ShellProps) {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  useTabState(main);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new address closes the sidebar and moves the focus
  useEffect(() => {
    onSidebar(false);
    // A new page gets the focus at its heading, for screen readers; a composer takes the focus itself.
    if (main.current?.contains(document.activeElement)) return;
    main.current?.querySelector<HTMLElement>('h1[tabindex]')?.focus({ preventScroll: true });
  }, [pathname]);
  return (
    <>
      <div className={styles.shell}>
        <a href="#main" className={styles.skip}>
          <Trans>Skip to the content</Trans>
        </a>
        <Sidebar
          workspaceId={workspaceId}
          isOpen={isSidebarOpen}
          onToggle={() => onSidebar(!isSidebarOpen)}
          onSearch={onSearch}
          conversations={conversations}
          foot={foot}
        />
        {isSidebarOpen && <div className={styles.scrim} onPointerDown={() => onSidebar(false)} />}
        <div className={styles.court}>
          <ConnectionBanner />
          <main id="main" ref={main} tabIndex={-1} className={styles.main}>
            <ErrorBoundary of={pathname}>
              <Outlet />
            </ErrorBoundary>
          </main>
        </div>
        <div className={styles.narrowFoot}>{foot}</div>
        <BottomBar onMore={() => onSidebar(true)} />
      </div>
      <SessionEnded />
      <Announcer />
    </>
  );
}
