import { useParams, useSearch } from '@tanstack/react-router';
import { readTimeQuery, TimeScreen } from '../../features/timesheets/index.ts';

/** The time entries of a workspace. */
export function TimePage() {
  const { workspaceId = '' } = useParams({ strict: false }) as { workspaceId?: string };
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  return <TimeScreen workspaceId={workspaceId} query={readTimeQuery(search)} />;
}
