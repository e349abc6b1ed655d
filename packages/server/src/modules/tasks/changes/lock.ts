import type { WorkspaceRole } from '@atrium/protocol';
import type { Transaction } from '../../../platform/database/index.ts';
import { problem } from '../../../platform/module/index.ts';
import { holdProfiles } from '../../identity/index.ts';
import { holdMemberships } from '../../workspaces/index.ts';
import type { TaskFacts } from '../rows/policy.ts';
import type { FullTask } from '../rows/tables.ts';
import { lockTasks } from '../rows/task-store.ts';
import { type TaskSubject, taskFor } from '../view/access.ts';

/** Who changes which task, and what else has to be held meanwhile. */
export interface Change {
  userId: string;
  /** As it was found before it was locked. */
  task: FullTask;
  permits: (facts: TaskFacts) => boolean;
  where?: 'live' | 'trash';
  /** Other tasks that are decided on: a parent, sub-tasks. */
  others?: readonly string[];
  /** People who are put into the task. */
  people?: readonly string[];
}

/** A locked task with what was locked beside it. */
export interface Locked extends TaskSubject {
  others: Map<string, FullTask>;
  /** Roles in the workspace of `people`; those who are not in it are missing. */
  roles: Map<string, WorkspaceRole>;
}

/**
 * Locks a task for a change and decides again whether it is permitted, by what is true behind the lock. The caller and
 * those who are put into it stay in the workspace until the transaction ends.
 * @throws `not_found`, `forbidden`
 */
export async function lockForChange(tx: Transaction, change: Change): Promise<Locked> {
  const { userId, task, permits, where = 'live', others = [], people = [] } = change;
  const held = await holdMemberships(tx, task.workspace_id, [...new Set([userId, ...people])]);
  // Whose name changes meanwhile waits: guests who come to see them are told the new one.
  if (people.length > 0) await holdProfiles(tx, [...new Set([...people, ...task.member_ids])].sort());
  const locked = await lockTasks(tx, [...new Set([task.id, ...others])].sort());
  if (!held.some((membership) => membership.userId === userId)) throw problem('not_found');
  const subject = await taskFor(tx, userId, locked.get(task.id), permits, where);
  return { ...subject, others: locked, roles: new Map(held.map((each) => [each.userId, each.role])) };
}
