export { readAuditFilters, readMailFilters, readUserFilters } from './model.ts';
export { AuditScreen } from './screens/audit-screen.tsx';
export { MailScreen } from './screens/mail-screen.tsx';
export { SettingsScreen } from './screens/settings-screen.tsx';
export { UsersScreen } from './screens/users-screen.tsx';
