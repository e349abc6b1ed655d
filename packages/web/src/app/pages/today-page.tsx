import { TodayScreen } from '../../features/today/index.ts';
import { useCurrentWorkspaceId } from '../shell/current-workspace.ts';

export function TodayPage() {
  return <TodayScreen workspaceId={useCurrentWorkspaceId()} />;
}
