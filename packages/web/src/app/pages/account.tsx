import { AppearanceScreen } from '../../features/identity/index.ts';
import { setLook, useLook } from '../theme.ts';

export {
  DataScreen as DataPage,
  DevicesScreen as DevicesPage,
  ProfileScreen as ProfilePage,
  SecurityScreen as SecurityPage,
  TokensScreen as TokensPage,
} from '../../features/identity/index.ts';
export { NotificationSettingsScreen as NotificationSettingsPage } from '../../features/notifications/index.ts';

export function AppearancePage() {
  const { theme, density } = useLook();
  return <AppearanceScreen theme={theme} density={density} onChange={setLook} />;
}
