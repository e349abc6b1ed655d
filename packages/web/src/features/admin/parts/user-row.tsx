import type { AdminUser } from '@atrium/protocol';
import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { Avatar } from '../../../ui/avatar/avatar.tsx';
import { BusyIcon, DeleteIcon, HistoryIcon, LeaveIcon, MoreIcon, PersonIcon, ShieldIcon } from '../../../ui/icons.ts';
import { Row } from '../../../ui/layout/pane.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { MenuIconButton } from '../../../ui/menu/menu.tsx';
import { menuOf } from '../../../ui/menu/menu-entry.ts';
import { Chip } from '../../../ui/text/chip.tsx';
import type { UserDeed } from '../commands.ts';
import { addressOf } from '../model.ts';
import styles from './admin.module.css';

/** One account, and what may be done with it. */
export function UserRow({ user, onDeed }: { user: AdminUser; onDeed: (deed: UserDeed) => void }) {
  const { t } = useLingui();
  const { relative } = useFormats();
  const navigate = useNavigate();
  const { avatar, can, disabledAt, email, emailVerified, id, isBot, lastUsedAt, name, role, twoFactor } = user;
  const facts = [
    lastUsedAt === null ? t`never signed in` : t`last seen ${relative(lastUsedAt)}`,
    plural(user.workspaces, { one: '# workspace', other: '# workspaces' }),
  ];
  return (
    <Row
      start={<Avatar id={id} name={name} picture={avatar} kind={isBot ? 'bot' : 'person'} size="m" />}
      sub={
        <>
          {email !== null && <Address of={email} />}
          {facts.join(' · ')}
        </>
      }
      end={
        <>
          <span className={styles.chips}>
            {role === 'admin' && <Chip tone="pool">{t`Administrator`}</Chip>}
            {disabledAt !== null && <Chip tone="brick">{t`Disabled`}</Chip>}
            {email !== null && !emailVerified && <Chip tone="amber">{t`Not verified`}</Chip>}
            {twoFactor && <Chip>{t`Two steps`}</Chip>}
          </span>
          <MenuIconButton
            size={28}
            icon={MoreIcon}
            label={t`What to do with ${name}`}
            align="end"
            entries={menuOf(
              {
                label: t`In the audit log`,
                icon: HistoryIcon,
                onSelect: () => navigate(addressOf('/admin/audit', { user: id })),
              },
              'line',
              can.changeRole &&
                (role === 'admin'
                  ? { label: t`No longer an administrator…`, icon: PersonIcon, onSelect: () => onDeed('demote') }
                  : { label: t`Make an administrator…`, icon: ShieldIcon, onSelect: () => onDeed('promote') }),
              can.signOut && { label: t`Sign out everywhere…`, icon: LeaveIcon, onSelect: () => onDeed('signOut') },
              can.resetSecondFactor && {
                label: t`Turn off the second step…`,
                icon: ShieldIcon,
                onSelect: () => onDeed('resetSecondFactor'),
              },
              can.removePicture && {
                label: t`Remove the picture…`,
                icon: PersonIcon,
                onSelect: () => onDeed('removePicture'),
              },
              can.disable &&
                (disabledAt === null
                  ? { label: t`Disable…`, icon: BusyIcon, onSelect: () => onDeed('disable') }
                  : { label: t`Enable…`, icon: PersonIcon, onSelect: () => onDeed('enable') }),
              'line',
              can.delete && { label: t`Delete…`, icon: DeleteIcon, danger: true, onSelect: () => onDeed('delete') },
            )}
          />
        </>
      }
    >
      <bdi>{name}</bdi>
    </Row>
  );
}

/** An address that, where it needs two lines, breaks before its domain. */
function Address({ of }: { of: string }) {
  const [mailbox, domain] = of.split('@');
  return (
    <>
      <span translate="no">
        {mailbox}
        <wbr />@{domain}
      </span>
      {' · '}
    </>
  );
}
