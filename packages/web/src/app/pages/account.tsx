import { useSearch } from '@tanstack/react-router';
import { AppearanceScreen, SecurityScreen } from '../../features/identity/index.ts';
import { setLook, useLook } from '../theme.ts';

export {
  DataScreen as DataPage,
  DevicesScreen as DevicesPage,
  ProfileScreen as ProfilePage,
  TokensScreen as TokensPage,
} from '../../features/identity/index.ts';
export { NotificationSettingsScreen as NotificationSettingsPage } from '../../features/notifications/index.ts';

export function AppearancePage() {
  const { theme, density } = useLook();
  return <AppearanceScreen theme={theme} density={density} onChange={setLook} />;
}

export function SecurityPage() {
  const { error } = useSearch({ strict: false }) as { error?: unknown };
  return <SecurityScreen providerError={typeof error === 'string' ? error : undefined} />;
}
