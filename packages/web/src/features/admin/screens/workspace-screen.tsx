import type { AdminWorkspaceDetails } from '@atrium/protocol';
import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { problemText } from '../../../i18n/problems.ts';
import { useOperation, useOperationPages } from '../../../live/use-operation.ts';
import { Avatar } from '../../../ui/avatar/avatar.tsx';
import { Button } from '../../../ui/button/button.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { BackIcon, DeleteIcon } from '../../../ui/icons.ts';
import { Row, Section } from '../../../ui/layout/pane.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { Chip } from '../../../ui/text/chip.tsx';
import { useRoleName } from '../../workspaces/index.ts';
import styles from '../parts/admin.module.css';
import { AdminFrame } from '../parts/admin-frame.tsx';
import { DeleteWorkspace } from '../parts/delete-workspace.tsx';
import { PagedList } from '../parts/paged-list.tsx';

/** `/admin/workspaces/:workspaceId`: how large a workspace is, how much it is used, and who is in it. */
export function WorkspaceScreen({ workspaceId }: { workspaceId: string }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { data: workspace, error, refetch } = useOperation('adminWorkspaces.get', { workspaceId });
  return (
    <AdminFrame part="workspaces" title={workspace?.name}>
      <p>
        <Button icon={BackIcon} onClick={() => navigate('/admin/workspaces')}>
          <Trans>All workspaces</Trans>
        </Button>
      </p>
      {workspace ? (
        <Details workspace={workspace} />
      ) : error ? (
        <ErrorState title={t`This workspace could not be loaded`} onRetry={() => void refetch()}>
          {problemText(error)}
        </ErrorState>
      ) : (
        <Skeleton rows={6} />
      )}
    </AdminFrame>
  );
}

function Details({ workspace }: { workspace: AdminWorkspaceDetails }) {
  const { t } = useLingui();
  const { bytes, date, list, number, relative } = useFormats();
  const navigate = useNavigate();
  const roleName = useRoleName();
  const [isAsking, setAsking] = useState(false);
  const { can, createdAt, files, id, lastActivityAt, members, messages, owners, quotaBytes, roles, storageBytes } =
    workspace;
  const pages = useOperationPages('adminWorkspaces.members', { workspaceId: id });
  const joinedLabel = (joinedAt: string) => {
    const day = date(joinedAt);
    return t`since ${day}`;
  };
  const used = Object.entries(roles).filter(([, count]) => count > 0);
  const [size, quota] = [bytes(storageBytes), bytes(quotaBytes)];
  const facts: [string, string][] = [
    [t`Owners`, list(owners.map(({ name }) => name))],
    [t`Made`, date(createdAt)],
    [t`Members`, `${number(members)} (${list(used.map(([role, count]) => `${roleName(role)}: ${number(count)}`))})`],
    [t`Files`, plural(files, { one: `# file, ${size} of ${quota}`, other: `# files, ${size} of ${quota}` })],
    [t`Last used`, lastActivityAt === null ? t`nothing in it yet` : relative(lastActivityAt)],
    [t`Messages in 28 days`, number(messages)],
  ];
  return (
    <>
      <dl className={styles.workspaceFacts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
      <Section title={<Trans>Members</Trans>}>
        <PagedList
          label={t`Members`}
          pages={pages}
          failure={t`The members could not be loaded`}
          empty={<EmptyState title={t`Nobody is in it`} />}
        >
          {({ user, role, joinedAt }) => (
            <Row
              key={user.id}
              start={
                <Avatar
                  id={user.id}
                  name={user.name}
                  picture={user.avatar}
                  kind={user.isBot ? 'bot' : 'person'}
                  size="m"
                />
              }
              sub={joinedLabel(joinedAt)}
              end={<Chip>{roleName(role)}</Chip>}
            >
              <bdi>{user.name}</bdi>
            </Row>
          )}
        </PagedList>
      </Section>
      {can.delete && (
        <Section title={<Trans>Delete</Trans>}>
          <p>
            <Button variant="danger" icon={DeleteIcon} onClick={() => setAsking(true)}>
              <Trans>Delete the workspace</Trans>
            </Button>
          </p>
        </Section>
      )}
      {isAsking && (
        <DeleteWorkspace
          workspace={workspace}
          onClose={() => setAsking(false)}
          onDeleted={() => navigate('/admin/workspaces')}
        />
      )}
    </>
  );
}
