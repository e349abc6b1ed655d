import { useNavigate, useParams } from '@tanstack/react-router';
import { InvitePeopleScreen, NewWorkspaceScreen, WelcomeScreen } from '../../features/welcome/index.ts';
import { rememberWorkspace } from '../shell/current-workspace.ts';

export function WelcomePage() {
  const navigate = useNavigate();
  return <WelcomeScreen onDone={() => void navigate({ href: '/welcome/workspace', replace: true })} />;
}

export function FirstWorkspacePage() {
  const navigate = useNavigate();
  return (
    <NewWorkspaceScreen
      isFirst
      onMade={(id) => {
        rememberWorkspace(id);
        void navigate({ href: `/welcome/people/${id}`, replace: true });
      }}
      onDemo={(id) => {
        rememberWorkspace(id);
        // Four weeks of data at once: a new snapshot is faster than single events.
        location.assign('/today');
      }}
    />
  );
}

export function NewWorkspacePage() {
  const navigate = useNavigate();
  return (
    <NewWorkspaceScreen
      isFirst={false}
      onMade={(id) => {
        rememberWorkspace(id);
        void navigate({ href: `/welcome/people/${id}`, replace: true });
      }}
    />
  );
}

export function InvitePeoplePage() {
  const navigate = useNavigate();
  const { workspaceId = '' } = useParams({ strict: false }) as { workspaceId?: string };
  return <InvitePeopleScreen workspaceId={workspaceId} onDone={() => void navigate({ href: '/', replace: true })} />;
}
