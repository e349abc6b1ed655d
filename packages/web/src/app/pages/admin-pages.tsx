import { useParams, useSearch } from '@tanstack/react-router';
import {
  AuditScreen,
  MailScreen,
  readAuditFilters,
  readMailFilters,
  readUserFilters,
  readWorkspaceFilters,
  UsersScreen,
  WorkspaceScreen,
  WorkspacesScreen,
} from '../../features/admin/index.ts';

export {
  ChecksScreen as AdminChecksPage,
  OverviewScreen as AdminOverviewPage,
  SettingsScreen as AdminSettingsPage,
} from '../../features/admin/index.ts';

const useSearchOf = () => useSearch({ strict: false }) as Record<string, unknown>;

/** The list of accounts. */
export function UsersPage() {
  return <UsersScreen filters={readUserFilters(useSearchOf())} />;
}

/** The audit log. */
export function AuditPage() {
  return <AuditScreen filters={readAuditFilters(useSearchOf())} />;
}

/** The list of mails. */
export function MailPage() {
  return <MailScreen filters={readMailFilters(useSearchOf())} />;
}

/** The list of workspaces. */
export function AdminWorkspacesPage() {
  return <WorkspacesScreen filters={readWorkspaceFilters(useSearchOf())} />;
}

/** One of them. */
export function AdminWorkspacePage() {
  const { workspaceId = '' } = useParams({ strict: false }) as { workspaceId?: string };
  return <WorkspaceScreen key={workspaceId} workspaceId={workspaceId} />;
}
