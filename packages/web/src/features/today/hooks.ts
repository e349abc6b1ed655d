import type { User } from '@atrium/protocol';
import { client } from '../../live/client.ts';
import { useLive } from '../../live/use-live.ts';

/** Finds somebody of a workspace. */
export function usePeople(): (workspaceId: string, userId: string) => User | undefined {
  useLive((state) => state.workspaces);
  return (workspaceId, userId) => client.state.workspaces[workspaceId]?.members[userId]?.user;
}
