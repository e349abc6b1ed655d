import type { AdminWorkspace } from '@atrium/protocol';
import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { Avatar } from '../../../ui/avatar/avatar.tsx';
import { DeleteIcon, HistoryIcon, MoreIcon } from '../../../ui/icons.ts';
import { Row } from '../../../ui/layout/pane.tsx';
import { Link } from '../../../ui/link/link.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { MenuIconButton } from '../../../ui/menu/menu.tsx';
import { menuOf } from '../../../ui/menu/menu-entry.ts';
import { Chip } from '../../../ui/text/chip.tsx';
import { addressOf } from '../model.ts';
import styles from './admin.module.css';

/** One workspace, and what may be done with it. */
export function WorkspaceRow({ workspace, onDelete }: { workspace: AdminWorkspace; onDelete: () => void }) {
  const { t } = useLingui();
  const { bytes, list, relative } = useFormats();
  const navigate = useNavigate();
  const { can, files, id, lastActivityAt, members, name, owners, personal, storageBytes } = workspace;
  const [owner] = owners;
  const facts = [
    owners.length > 0 && t`of ${list(owners.map((each) => each.name))}`,
    plural(members, { one: '# member', other: '# members' }),
    files > 0 && plural(files, { one: `# file, ${bytes(storageBytes)}`, other: `# files, ${bytes(storageBytes)}` }),
    lastActivityAt === null ? t`nothing in it yet` : t`last used ${relative(lastActivityAt)}`,
  ];
  return (
    <Row
      start={<Avatar id={id} name={name} kind="workspace" size="m" />}
      sub={facts.filter(Boolean).join(' · ')}
      end={
        <>
          <span className={styles.chips}>{personal && <Chip>{t`Personal`}</Chip>}</span>
          <MenuIconButton
            size={28}
            icon={MoreIcon}
            label={t`What to do with ${name}`}
            align="end"
            entries={menuOf(
              owner && {
                label: t`Its owner in the audit log`,
                icon: HistoryIcon,
                onSelect: () => navigate(addressOf('/admin/audit', { user: owner.id })),
              },
              'line',
              can.delete && { label: t`Delete…`, icon: DeleteIcon, danger: true, onSelect: onDelete },
            )}
          />
        </>
      }
    >
      <Link to={`/admin/workspaces/${id}`}>
        <bdi>{name}</bdi>
      </Link>
    </Row>
  );
}
