import { useMemo } from 'react';
import { useLive } from '../../../../live/use-live.ts';
import type { Person } from '../../../../ui/picker/person.ts';

/** The people of a workspace who can be chosen, without those left out, by name. */
export function usePeople(workspaceId: string, without: (userId: string) => boolean): Person[] {
  const members = useLive(({ workspaces }) => workspaces[workspaceId]?.members);
  return useMemo(
    () =>
      Object.values(members ?? {})
        .filter(({ user }) => !without(user.id))
        .map(({ user: { id, name, username, avatar, isBot } }) => ({ id, name, username, picture: avatar, isBot }))
        .sort((one, other) => one.name.localeCompare(other.name)),
    [members, without],
  );
}
