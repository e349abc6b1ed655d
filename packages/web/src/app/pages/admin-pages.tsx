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

/** Everyone with an account. */
export function UsersPage() {
  return <UsersScreen filters={readUserFilters(useSearchOf())} />;
}

/** What happened. */
export function AuditPage() {
  return <AuditScreen filters={readAuditFilters(useSearchOf())} />;
}

/** What became of mails. */
export function MailPage() {
  return <MailScreen filters={readMailFilters(useSearchOf())} />;
}

/** Every workspace of the instance. */
export function AdminWorkspacesPage() {
  return <WorkspacesScreen filters={readWorkspaceFilters(useSearchOf())} />;
}
