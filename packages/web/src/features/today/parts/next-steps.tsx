import { Trans } from '@lingui/react/macro';
import { useLive } from '../../../live/use-live.ts';
import { Icon } from '../../../ui/icon/icon.tsx';
import { AddPersonIcon, type IconType, LinkIcon, MessageIcon, PeopleIcon, TasksIcon } from '../../../ui/icons.ts';
import { Link } from '../../../ui/link/link.tsx';
import { useWorkspace, useWorkspaceCan } from '../../workspaces/index.ts';
import styles from './today.module.css';

/** What to do next where there is little yet: nobody should look at an empty page. */
export function NextSteps({ workspaceId }: { workspaceId: string | undefined }) {
  const workspace = useWorkspace(workspaceId);
  const can = useWorkspaceCan(workspaceId);
  const channelId = useLive(
    ({ conversations }) =>
      Object.values(conversations).find((each) => each.workspaceId === workspaceId && each.kind === 'channel')?.id,
  );
  // Only my open tasks are in the state: there may have been others before.
  const hasOpenTasks = useLive(({ tasks }) => Object.values(tasks).some((each) => each.workspaceId === workspaceId));
  if (!workspace) return null;
  const isAlone = Object.keys(workspace.members).length < 2;
  if (!isAlone) return null;
  return (
    <div className={styles.steps}>
      {workspace.personal ? (
        <Step to="/new-workspace" icon={PeopleIcon} title={<Trans>Make a workspace for your team</Trans>}>
          <Trans>Channels, tasks and people of one team have their place there.</Trans>
        </Step>
      ) : (
        can?.invite && (
          <Step
            to={`/w/${workspaceId}/settings/invites`}
            icon={AddPersonIcon}
            title={<Trans>Bring the others in</Trans>}
          >
            <Trans>Send them a link, or have an invitation mailed.</Trans>
          </Step>
        )
      )}
      {workspace.personal && (
        <Step to="/join" icon={LinkIcon} title={<Trans>Join with a code</Trans>}>
          <Trans>Somebody gave you one for their workspace.</Trans>
        </Step>
      )}
      {channelId !== undefined && (
        <Step to={`/c/${channelId}`} icon={MessageIcon} title={<Trans>Write the first message</Trans>}>
          <Trans>People who join later can read earlier messages.</Trans>
        </Step>
      )}
      {!hasOpenTasks && (
        <Step to={`/w/${workspaceId}/tasks`} icon={TasksIcon} title={<Trans>Add a task</Trans>}>
          <Trans>With a date, people and a timer, in one line.</Trans>
        </Step>
      )}
    </div>
  );
}

function Step({
  to,
  icon,
  title,
  children,
}: {
  to: string;
  icon: IconType;
  title: React.ReactNode;
  children: React.ReactNode;
}) {
  return (
    <Link to={to} className={styles.step}>
      <Icon of={icon} />
      <strong>{title}</strong>
      <span>{children}</span>
    </Link>
  );
}
