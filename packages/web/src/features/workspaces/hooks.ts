import type { LiveWorkspace } from '@atrium/client';
import { useMemo } from 'react';
import { useLive } from '../../live/use-live.ts';
import { useOperation } from '../../live/use-operation.ts';

/** My workspaces, shared ones first, by name. */
export function useWorkspaces(): readonly LiveWorkspace[] {
  const workspaces = useLive((state) => state.workspaces);
  return useMemo(
    () =>
      Object.values(workspaces).sort((a, b) => Number(a.personal) - Number(b.personal) || a.name.localeCompare(b.name)),
    [workspaces],
  );
}

/** One workspace; undefined when I am not in it. */
export const useWorkspace = (workspaceId: string | undefined): LiveWorkspace | undefined =>
  useLive((state) => (workspaceId === undefined ? undefined : state.workspaces[workspaceId]));

/** What I may do in a workspace; nothing until it is known. */
export function useWorkspaceCan(workspaceId: string | undefined) {
  return useOperation('workspaces.get', workspaceId === undefined ? undefined : { workspaceId }).data?.can;
}
