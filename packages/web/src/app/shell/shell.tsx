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
  /** The conversations in the wall. */
  conversations: ReactNode;
  /** What is always in sight at the foot of the wall. */
  foot?: ReactNode;
  onSearch: () => void;
  /** Whether the wall lies over the page, where there is room for a rail alone. */
  isWallOpen: boolean;
  onWall: (isOpen: boolean) => void;
}

/** The frame of everything behind the sign-in. */
export function Shell({ workspaceId, conversations, foot, onSearch, isWallOpen, onWall }: ShellProps) {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  useTabState(main);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new address closes the wall and moves the focus
  useEffect(() => {
    onWall(false);
    // A new page begins at its heading, for whoever hears it; a composer takes the focus by itself.
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
