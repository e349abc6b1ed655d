import { useParams, useSearch } from '@tanstack/react-router';
import { readPeriod, WorkspaceAnalyticsScreen } from '../../features/analytics/index.ts';

/** The analytics of a workspace. */
export function WorkspaceAnalyticsPage() {
  const { workspaceId = '' } = useParams({ strict: false }) as { workspaceId?: string };
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  return <WorkspaceAnalyticsScreen workspaceId={workspaceId} asked={readPeriod(search)} />;
}
