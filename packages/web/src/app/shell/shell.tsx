import { Trans } from '@lingui/react/macro';
import { Outlet, useLocation } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { ErrorBoundary } from '../errors/error-boundary.tsx';
import { SessionEnded } from '../late-parts.ts';
import { Announcer } from './announcer.tsx';
import { BottomBar } from './bottom-bar.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import styles from './shell.module.css';
import { useTabState } from './tab-state.ts';
import { Wall } from './wall.tsx';

export interface ShellProps {
  workspaceId: string | undefined;
  /** The conversations in the side navigation. */
  conversations: ReactNode;
  /** What is always visible at the bottom of the side navigation. */
  foot?: ReactNode;
  onSearch: () => void;
  /** Whether the side navigation covers the page, on screens where only the rail fits. */
  isWallOpen: boolean;
  onWall: (isOpen: boolean) => void;
}

/** The frame of all pages that need a session. */
export function Shell({ workspaceId, conversations, foot, onSearch, isWallOpen, onWall }: ShellProps) {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  useTabState(main);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new address closes the wall and moves the focus
  useEffect(() => {
    onWall(false);
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
        <Wall
          workspaceId={workspaceId}
          isOpen={isWallOpen}
          onToggle={() => onWall(!isWallOpen)}
          onSearch={onSearch}
          conversations={conversations}
          foot={foot}
        />
        {isWallOpen && <div className={styles.scrim} onPointerDown={() => onWall(false)} />}
        <div className={styles.court}>
          <ConnectionBanner />
          <main id="main" ref={main} tabIndex={-1} className={styles.main}>
            <ErrorBoundary key={pathname}>
              <Outlet />
            </ErrorBoundary>
          </main>
        </div>
        <div className={styles.narrowFoot}>{foot}</div>
        <BottomBar onMore={() => onWall(true)} />
      </div>
      <SessionEnded />
      <Announcer />
    </>
  );
}
