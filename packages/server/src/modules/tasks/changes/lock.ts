import type { WorkspaceRole } from '@atrium/protocol';
import type { Transaction } from '../../../platform/database/index.ts';
import { problem } from '../../../platform/module/index.ts';
import { holdProfiles } from '../../identity/index.ts';
import { holdMemberships } from '../../workspaces/index.ts';
import type { TaskFacts } from '../rows/policy.ts';
import type { FullTask } from '../rows/tables.ts';
import { lockTasks } from '../rows/task-store.ts';
import { type TaskSubject, taskFor } from '../view/access.ts';

/** A change of a task, and what else must be locked for it. */
export interface Change {
  userId: string;
  /** As it was read before it was locked. */
  task: FullTask;
  permits: (facts: TaskFacts) => boolean;
  where?: 'live' | 'trash';
  /** Other tasks that the decision depends on: a parent, sub-tasks. */
  others?: readonly string[];
  /** People who are added to the task. */
  people?: readonly string[];
}

/** A locked task with everything else that was locked. */
export interface Locked extends TaskSubject {
  others: Map<string, FullTask>;
  /** Workspace roles of `people`; those who are not in it are missing. */
  roles: Map<string, WorkspaceRole>;
}

/**
 * Locks a task for a change and decides again, behind the lock, whether it is permitted. The caller and the people who
 * are added stay in the workspace until the transaction ends.
 * @throws `not_found`, `forbidden`
 */
export async function lockForChange(tx: Transaction, change: Change): Promise<Locked> {
  const { userId, task, permits, where = 'live', others = [], people = [] } = change;
  const held = await holdMemberships(tx, task.workspace_id, [...new Set([userId, ...people])]);
  // Keeps their names unchanged: guests who come to see them must get the current ones.
  if (people.length > 0) await holdProfiles(tx, [...new Set([...people, ...task.member_ids])].sort());
  const locked = await lockTasks(tx, [...new Set([task.id, ...others])].sort());
  if (!held.some((membership) => membership.userId === userId)) throw problem('not_found');
  const subject = await taskFor(tx, userId, locked.get(task.id), permits, where);
  return { ...subject, others: locked, roles: new Map(held.map((each) => [each.userId, each.role])) };
}
