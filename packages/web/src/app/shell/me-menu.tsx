import { useLingui } from '@lingui/react/macro';
import { useMe } from '../../features/identity/index.ts';
import { signOut } from '../../live/session.ts';
import { Avatar } from '../../ui/avatar/avatar.tsx';
import { Icon } from '../../ui/icon/icon.tsx';
import { ChevronDownIcon, KeyboardIcon, LeaveIcon, PersonIcon, SettingsIcon, ShieldIcon } from '../../ui/icons.ts';
import { useNavigate } from '../../ui/link/link-context.tsx';
import { Menu, useMenuTrigger } from '../../ui/menu/menu.tsx';
import { menuOf } from '../../ui/menu/menu-entry.ts';
import { Hidden } from '../../ui/text/hidden.tsx';
import styles from './sidebar.module.css';

/** Shows the user; opens the menu of the account. */
export function MeMenu() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { id, name, avatar, role } = useMe();
  const { anchor, open, close, trigger } = useMenuTrigger();
  const entries = menuOf(
    { label: t`Account`, icon: PersonIcon, onSelect: () => navigate('/account/profile') },
    { label: t`Appearance`, icon: SettingsIcon, onSelect: () => navigate('/account/appearance') },
    { label: t`Keyboard`, icon: KeyboardIcon, keys: '?', onSelect: () => navigate('/keys') },
    role === 'admin' && { label: t`Administration`, icon: ShieldIcon, onSelect: () => navigate('/admin/overview') },
    'line',
    { label: t`Sign out`, icon: LeaveIcon, onSelect: () => void signOut() },
  );
  return (
    <>
      <button type="button" {...trigger} className={styles.me}>
        <Avatar id={id} name={name} picture={avatar} size="m" />
        <Hidden>{t`You:`} </Hidden>
        <span className={styles.name} dir="auto">
          {name}
        </span>
        <Icon of={ChevronDownIcon} small className={styles.chevron} />
      </button>
      <Menu
        anchor={anchor.current}
        open={open}
        onClose={close}
        label={t`You`}
        entries={entries}
        side="top"
        align="start"
      />
    </>
  );
}
