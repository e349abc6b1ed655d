import type { EventData } from '@atrium/protocol';
import { type Change, changeWorkspace } from './change.ts';
import { byId, type LiveState } from './live-state.ts';

export function applyProfile(state: LiveState, { workspaceId, ...user }: EventData['user:updated']): Change {
  return changeWorkspace(state, workspaceId, ({ members }) => {
    const member = members[user.id];
    return member ? { members: { ...members, [user.id]: { ...member, user } } } : {};
  });
}

export function applyRole(state: LiveState, { role, userId, workspaceId }: EventData['member:updated']): Change {
  return changeWorkspace(state, workspaceId, ({ members }) => {
    const member = members[userId];
    return {
      ...(member ? { members: { ...members, [userId]: { ...member, role } } } : {}),
      ...(userId === state.me?.id ? { role } : {}),
    };
  });
}

export function applyPeople(state: LiveState, { hidden, shown, workspaceId }: EventData['workspace:people']): Change {
  return changeWorkspace(state, workspaceId, ({ members }) => ({
    members: {
      ...Object.fromEntries(Object.entries(members).filter(([id]) => !hidden.includes(id))),
      ...byId(shown, ({ user }) => user.id),
    },
  }));
}
