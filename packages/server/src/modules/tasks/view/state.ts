import type { TaskAnswer, TaskState, User } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { usersById } from '../../identity/index.ts';
import { noTime, timerOf, timersOf } from '../../time-entries/index.ts';
import { type Roles, rolesOf, seenBy } from '../../workspaces/index.ts';
import { openTaskIdsOf } from '../rows/member-store.ts';
import { taskCanOf } from '../rows/policy.ts';
import { presentTask } from '../rows/present.ts';
import type { FullTask } from '../rows/tables.ts';
import { tasksById } from '../rows/task-store.ts';
import { factsOf, type TaskSubject } from './access.ts';

/** All people whom tasks refer to. */
export function namedBy(tasks: readonly FullTask[]): string[] {
  const ids = tasks.flatMap((task) => [...task.member_ids, task.created_by, task.owner_id, task.completed_by]);
  return [...new Set(ids.filter((id) => id !== null))];
}

/** The profiles of those of the people whom the viewer sees, by id. */
export async function peopleSeen(db: Executor, viewerId: string, userIds: readonly string[]): Promise<User[]> {
  const users = await usersById(db, await seenBy(db, viewerId, [...new Set(userIds)].sort()));
  return [...users.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** Tasks with what a viewer may do with them; tasks of workspaces that the viewer is not in are left out. */
export async function presentFor(
  db: Executor,
  { viewerId, roles }: { viewerId: string; roles: Roles },
  tasks: readonly FullTask[],
): Promise<TaskState[]> {
  if (tasks.length === 0) return [];
  const timers = await timersOf(
    db,
    tasks.map(({ id }) => id),
  );
  return tasks.flatMap((task) => {
    const role = roles.get(task.workspace_id);
    if (role === undefined) return [];
    return [
      { ...presentTask(task), timer: timers.get(task.id) ?? noTime, can: taskCanOf(factsOf(task, viewerId, role)) },
    ];
  });
}

/** The live state of the open tasks that a person is a member of, by id. */
export async function taskStatesOf(db: Executor, userId: string): Promise<TaskState[]> {
  const tasks = await tasksById(db, await openTaskIdsOf(db, userId));
  if (tasks.size === 0) return [];
  const sorted = [...tasks.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  return presentFor(db, { viewerId: userId, roles: await rolesOf(db, userId) }, sorted);
}

/** One task with all people it refers to, as the caller sees it now. */
export async function answerFor(
  db: Executor,
  viewerId: string,
  { task, workspaceRole }: Pick<TaskSubject, 'task' | 'workspaceRole'>,
): Promise<TaskAnswer> {
  return {
    ...presentTask(task),
    timer: await timerOf(db, task.id),
    can: taskCanOf(factsOf(task, viewerId, workspaceRole)),
    people: await peopleSeen(db, viewerId, namedBy([task])),
  };
}
