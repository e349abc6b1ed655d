import type { WorkspaceRole } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import {
  type AccessHold,
  type AccessHolds,
  type AccessLoaders,
  problem,
  type UserActor,
} from '../../../platform/module/index.ts';
import { holdMemberships, membershipOf, rolesOf } from '../../workspaces/index.ts';
import { manages, mayEdit, maySee, type TaskFacts } from '../rows/policy.ts';
import type { FullTask } from '../rows/tables.ts';
import { taskById, taskRelations } from '../rows/task-store.ts';

/** The subject of access rules for tasks: the task, and the caller's relation to it. */
export interface TaskSubject {
  task: FullTask;
  workspaceRole: WorkspaceRole;
  facts: TaskFacts;
}

declare module '../../../platform/module/index.ts' {
  interface AccessSubjects {
    'task:reader': TaskSubject;
    'task:member': TaskSubject;
    'task:editor': TaskSubject;
    'task:manager': TaskSubject;
    'task:restorer': TaskSubject;
  }
}

/** The facts that the policy decides from. */
export function factsOf(task: FullTask, userId: string, workspaceRole: WorkspaceRole): TaskFacts {
  return {
    workspaceRole,
    visibility: task.visibility,
    isMember: task.member_ids.includes(userId),
    isOwner: task.owner_id === userId,
  };
}

/**
 * Finds a task for a user.
 * @param where whether the task must be in the trash, or must not be
 * @throws `not_found` if the user does not see it, `forbidden` if they lack the permission
 */
export async function taskFor(
  db: Executor,
  userId: string,
  task: FullTask | undefined,
  permits: (facts: TaskFacts) => boolean = () => true,
  where: 'live' | 'trash' = 'live',
): Promise<TaskSubject> {
  if (task === undefined || (task.deleted_at !== null) !== (where === 'trash')) throw problem('not_found');
  const membership = await membershipOf(db, task.workspace_id, userId);
  if (membership === undefined) throw problem('not_found');
  const facts = factsOf(task, userId, membership.role);
  if (!maySee(facts)) throw problem('not_found');
  if (!permits(facts)) throw problem('forbidden');
  return { task, workspaceRole: membership.role, facts };
}

/** Those of the tasks that a user sees, by id, with their relation to them; none that is in the trash. */
export async function visibleTasks(
  db: Executor,
  userId: string,
  ids: readonly string[],
): Promise<Map<string, { title: string; facts: TaskFacts }>> {
  const [roles, found] = [await rolesOf(db, userId), await taskRelations(db, userId, ids)];
  const visible = new Map<string, { title: string; facts: TaskFacts }>();
  for (const { id, workspaceId, title, ...relation } of found) {
    const workspaceRole = roles.get(workspaceId);
    const facts = workspaceRole && { workspaceRole, ...relation };
    if (facts && maySee(facts)) visible.set(id, { title, facts });
  }
  return visible;
}

function loader(permits: (facts: TaskFacts) => boolean, where: 'live' | 'trash' = 'live') {
  return async (db: Executor, actor: UserActor, input: Record<string, unknown>): Promise<TaskSubject> =>
    taskFor(db, actor.userId, await taskById(db, String(input.taskId)), permits, where);
}

/** Loaders of tasks for access rules. */
export const taskAccess: AccessLoaders = {
  'task:reader': loader(() => true),
  'task:member': loader(({ isMember }) => isMember),
  'task:editor': loader(mayEdit),
  'task:manager': loader(manages),
  'task:restorer': loader(manages, 'trash'),
};

/**
 * Keeps the caller's role in the workspace of the task. Commands lock the task itself, after what comes before it in
 * the lock order, and decide again: see `lockForChange`.
 */
export const holdTaskWorkspace: AccessHold = async (tx, { userId }, input) => {
  const task = await taskById(tx, String(input.taskId));
  if (task !== undefined) await holdMemberships(tx, task.workspace_id, [userId]);
};

/** Locks what the access rules of tasks depend on. */
export const taskHolds: AccessHolds = {
  'task:reader': holdTaskWorkspace,
  'task:member': holdTaskWorkspace,
  'task:editor': holdTaskWorkspace,
  'task:manager': holdTaskWorkspace,
  'task:restorer': holdTaskWorkspace,
};
