import type { Member } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMemo, useState } from 'react';
import { problemText } from '../../../i18n/problems.ts';
import { client } from '../../../live/client.ts';
import { useLive } from '../../../live/use-live.ts';
import { Avatar } from '../../../ui/avatar/avatar.tsx';
import { Button, IconButton } from '../../../ui/button/button.tsx';
import { Confirm } from '../../../ui/dialog/confirm.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { Select, TextField } from '../../../ui/field/text-field.tsx';
import { RemovePersonIcon } from '../../../ui/icons.ts';
import { List, Row } from '../../../ui/layout/pane.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { showToast } from '../../../ui/toast/toasts.ts';
import { useWorkspace, useWorkspaceCan } from '../hooks.ts';
import { useRoleName } from '../parts/role-name.ts';
import { WorkspaceFrame } from '../parts/workspace-frame.tsx';
import styles from '../parts/workspaces.module.css';

const ROLES = ['owner', 'admin', 'member', 'guest', 'customer'] as const;

/** Everyone in a workspace, with their roles. */
export function PeopleScreen({ workspaceId }: { workspaceId: string }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const roleName = useRoleName();
  const workspace = useWorkspace(workspaceId);
  const can = useWorkspaceCan(workspaceId);
  const myId = useLive(({ me }) => me?.id);
  const [wanted, setWanted] = useState('');
  const [removing, setRemoving] = useState<Member>();
  const members = useMemo(
    () => Object.values(workspace?.members ?? {}).sort((a, b) => a.user.name.localeCompare(b.user.name)),
    [workspace?.members],
  );
  const shown = members.filter(({ user }) => user.name.toLowerCase().includes(wanted.trim().toLowerCase()));
  const attempt = async (title: string, action: () => Promise<unknown>) => {
    try {
      await action();
    } catch (error) {
      showToast({ kind: 'problem', title, body: problemText(error) });
    }
  };
  const setRole = ({ user }: Member, role: (typeof ROLES)[number]) =>
    attempt(t`The role was not changed`, () => client.call('members.update', { workspaceId, userId: user.id, role }));
  const remove = async ({ user }: Member) => {
    setRemoving(undefined);
    await attempt(t`${user.name} was not removed`, () =>
      client.call('members.remove', { workspaceId, userId: user.id }),
    );
  };
  return (
    <WorkspaceFrame workspaceId={workspaceId} part="people">
      {members.length > 8 && (
        <div className={styles.find}>
          <TextField
            type="search"
            hideLabel
            label={t`Find people`}
            placeholder={t`Find people`}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
        </div>
      )}
      <List label={t`People`}>
        {shown.map((member) => (
          <Row
            key={member.user.id}
            start={
              <Avatar
                id={member.user.id}
                name={member.user.name}
                picture={member.user.avatar}
                kind={member.user.isBot ? 'bot' : 'person'}
                size="m"
              />
            }
            sub={member.user.username && <bdi>@{member.user.username}</bdi>}
            end={
              can?.manageMembers && member.user.id !== myId ? (
                <>
                  <Select
                    hideLabel
                    label={t`Role of ${member.user.name}`}
                    className={styles.select}
                    value={member.role}
                    onChange={(event) => void setRole(member, event.currentTarget.value as (typeof ROLES)[number])}
                  >
                    {ROLES.map((role) => (
                      <option key={role} value={role}>
                        {roleName(role)}
                      </option>
                    ))}
                  </Select>
                  <IconButton
                    icon={RemovePersonIcon}
                    label={t`Remove ${member.user.name}`}
                    onClick={() => setRemoving(member)}
                  />
                </>
              ) : (
                roleName(member.role)
              )
            }
          >
            <bdi>{member.user.name}</bdi>
          </Row>
        ))}
      </List>
      {members.length === 1 && can?.invite && (
        <EmptyState
          title={t`Nobody else is here yet`}
          action={
            <Button variant="primary" onClick={() => navigate(`/w/${workspaceId}/settings/invites`)}>
              <Trans>Bring the others in</Trans>
            </Button>
          }
        />
      )}
      <Confirm
        open={removing !== undefined}
        title={t`Remove ${removing?.user.name ?? ''}?`}
        action={t`Remove`}
        onConfirm={() => removing && void remove(removing)}
        onClose={() => setRemoving(undefined)}
      >
        <Trans>They lose sight of the workspace and all its conversations at once. What they wrote stays.</Trans>
      </Confirm>
    </WorkspaceFrame>
  );
}
