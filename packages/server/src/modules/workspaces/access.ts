import type { User, WorkspaceRole } from '@atrium/protocol';
import type { Executor } from '../../platform/database/index.ts';
import {
  type AccessHold,
  type AccessHolds,
  type AccessLoaders,
  problem,
  type UserActor,
} from '../../platform/module/index.ts';
import { usersById } from '../identity/index.ts';
import { holdMemberships } from './membership-store.ts';
import { isAdmin } from './policy.ts';
import { lockWorkspace, type StoredWorkspace, workspaceOf } from './store.ts';
import { seenBy } from './visibility-store.ts';

/** The subject of access rules for workspaces. */
export interface WorkspaceSubject {
  workspace: StoredWorkspace;
  role: WorkspaceRole;
}

declare module '../../platform/module/index.ts' {
  interface AccessSubjects {
    'workspace:member': WorkspaceSubject;
    'workspace:admin': WorkspaceSubject;
    'workspace:owner': WorkspaceSubject;
    'user:acquainted': User;
  }
}

async function loadWorkspace(
  db: Executor,
  actor: UserActor,
  input: Record<string, unknown>,
): Promise<WorkspaceSubject> {
  const found = await workspaceOf(db, String(input.workspaceId), actor.userId);
  if (found === undefined) throw problem('not_found');
  const { role, ...workspace } = found;
  return { workspace, role };
}

/** Loads workspaces for their members, and people for users who see them. */
export const workspaceAccess: AccessLoaders = {
  'workspace:member': loadWorkspace,

  async 'workspace:admin'(db, actor, input) {
    const subject = await loadWorkspace(db, actor, input);
    if (!isAdmin(subject.role)) throw problem('forbidden');
    return subject;
  },

  async 'workspace:owner'(db, actor, input) {
    const subject = await loadWorkspace(db, actor, input);
    if (subject.role !== 'owner') throw problem('forbidden');
    return subject;
  },

  async 'user:acquainted'(db, actor, input) {
    const [userId] = await seenBy(db, actor.userId, [String(input.userId)]);
    const user = userId === undefined ? undefined : (await usersById(db, [userId])).get(userId);
    if (user === undefined) throw problem('not_found');
    return user;
  },
};

/** Keeps the caller's role in the workspace, or locks the workspace, which comes first in the lock order. */
const holdWorkspace: AccessHold = async (tx, { userId }, input, { lock, people }) => {
  const id = String(input.workspaceId);
  if (lock === 'hold') await holdMemberships(tx, id, [userId, ...people]);
  else await lockWorkspace(tx, id, lock === 'remove' ? 'deletion' : 'change');
};

/** Locks what the access rules of workspaces depend on. */
export const workspaceHolds: AccessHolds = {
  'workspace:member': holdWorkspace,
  'workspace:admin': holdWorkspace,
  'workspace:owner': holdWorkspace,
};
