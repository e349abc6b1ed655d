import { useLingui } from '@lingui/react/macro';
import { shopAddress } from '../../features/catalog/index.ts';
import { useWorkspace, useWorkspaceCan, useWorkspaces } from '../../features/workspaces/index.ts';
import { Avatar } from '../../ui/avatar/avatar.tsx';
import { Icon } from '../../ui/icon/icon.tsx';
import { AddPersonIcon, ChevronDownIcon, PeopleIcon, PlusIcon, SettingsIcon, ShopIcon } from '../../ui/icons.ts';
import { useNavigate } from '../../ui/link/link-context.tsx';
import { Menu, useMenuTrigger } from '../../ui/menu/menu.tsx';
import { menuOf } from '../../ui/menu/menu-entry.ts';
import { Hidden } from '../../ui/text/hidden.tsx';
import { rememberWorkspace } from './current-workspace.ts';
import styles from './sidebar.module.css';

/** The name of the workspace; opens its menu and the list of other workspaces. */
export function WorkspaceMenu({ workspaceId }: { workspaceId: string | undefined }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const workspace = useWorkspace(workspaceId);
  const can = useWorkspaceCan(workspaceId);
  const all = useWorkspaces();
  const { anchor, open, close, trigger } = useMenuTrigger();
  const settings = (part: string) => () => navigate(`/w/${workspaceId}/settings/${part}`);
  const name = workspace?.name ?? t`Atrium`;
  const isOutside = workspace?.role === 'guest' || workspace?.role === 'customer';
  const entries = menuOf(
    ...all.map((each) => ({
      label: each.name,
      checked: each.id === workspaceId,
      onSelect: () => {
        rememberWorkspace(each.id);
        navigate('/today');
      },
    })),
    'line',
    workspaceId !== undefined &&
      !workspace?.personal && {
        label: t`Shop`,
        icon: ShopIcon,
        onSelect: () => navigate(shopAddress(workspaceId)),
      },
    can?.invite && { label: t`Invite people`, icon: AddPersonIcon, onSelect: settings('invites') },
    !isOutside && { label: t`People`, icon: PeopleIcon, onSelect: settings('people') },
    can?.update && { label: t`Workspace settings`, icon: SettingsIcon, onSelect: settings('general') },
    'line',
    { label: t`New workspace`, icon: PlusIcon, onSelect: () => navigate('/new-workspace') },
    { label: t`Join with a code`, onSelect: () => navigate('/join') },
  );
  return (
    <>
      <button type="button" {...trigger} className={styles.workspace}>
        <Avatar id={workspaceId ?? ''} name={name} size="m" kind="workspace" />
        <Hidden>{t`Workspace`} </Hidden>
        <span className={styles.name} dir="auto">
          {name}
        </span>
        <Icon of={ChevronDownIcon} small className={styles.chevron} />
      </button>
      <Menu anchor={anchor.current} open={open} onClose={close} label={t`Workspace`} entries={entries} align="start" />
    </>
  );
}
