import { client } from '../../live/client.ts';
import { useLive } from '../../live/use-live.ts';

/** Finds what somebody of a workspace is called. */
export function usePeople(): (workspaceId: string, userId: string) => string | undefined {
  useLive((state) => state.workspaces);
  return (workspaceId, userId) => client.state.workspaces[workspaceId]?.members[userId]?.user.name;
}
