export { InvitePeopleScreen } from './screens/invite-people-screen.tsx';
export { NewWorkspaceScreen } from './screens/new-workspace-screen.tsx';
export { WelcomeScreen } from './screens/welcome-screen.tsx';
