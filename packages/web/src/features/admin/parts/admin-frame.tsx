import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { Link } from '../../../ui/link/link.tsx';
import { SettingsFrame, SettingsTitle, useMe } from '../../identity/index.ts';

export interface AdminFrameProps {
  part: 'overview' | 'users' | 'workspaces' | 'audit' | 'mail' | 'checks' | 'settings';
  /** Instead of the name of the part, for a page below it. */
  title?: string | undefined;
  intro?: ReactNode;
  children: ReactNode;
}

/** The administration in parts. For whoever does not run the instance there is nothing here. */
export function AdminFrame({ part, title, intro, children }: AdminFrameProps) {
  const { t } = useLingui();
  const { role } = useMe();
  if (role !== 'admin') return <NotForYou />;
  const labels = {
    overview: t`Overview`,
    users: t`People`,
    workspaces: t`Workspaces`,
    audit: t`Audit log`,
    mail: t`Mail`,
    checks: t`Checks`,
    settings: t`Settings`,
  };
  return (
    <SettingsFrame
      wide
      title={t`Administration`}
      current={`/admin/${part}`}
      parts={Object.entries(labels).map(([name, label]) => ({ to: `/admin/${name}`, label }))}
    >
      <SettingsTitle intro={intro}>{title ?? labels[part]}</SettingsTitle>
      {children}
    </SettingsFrame>
  );
}

function NotForYou() {
  const { t } = useLingui();
  return (
    <EmptyState
      isPage
      title={t`There is nothing here`}
      action={
        <Link to="/today">
          <Trans>Go to Today</Trans>
        </Link>
      }
    >
      <Trans>It is for those who look after this instance.</Trans>
    </EmptyState>
  );
}
