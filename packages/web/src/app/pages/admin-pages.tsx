import { useSearch } from '@tanstack/react-router';
import {
  AuditScreen,
  MailScreen,
  readAuditFilters,
  readMailFilters,
  readUserFilters,
  readWorkspaceFilters,
  UsersScreen,
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
