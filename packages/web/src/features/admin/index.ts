export { readAuditFilters, readMailFilters, readUserFilters, readWorkspaceFilters } from './model.ts';
export { AuditScreen } from './screens/audit-screen.tsx';
export { ChecksScreen } from './screens/checks-screen.tsx';
export { MailScreen } from './screens/mail-screen.tsx';
export { OverviewScreen } from './screens/overview-screen.tsx';
export { SettingsScreen } from './screens/settings-screen.tsx';
export { UsersScreen } from './screens/users-screen.tsx';
export { WorkspaceScreen } from './screens/workspace-screen.tsx';
export { WorkspacesScreen } from './screens/workspaces-screen.tsx';
