import { type InputFault, sizes, type WorkspaceRole } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { problem } from '../../../platform/module/index.ts';
import { isVisitor } from '../../workspaces/index.ts';
import { atTaskLimit } from '../rows/member-store.ts';
import { mayBeMember } from '../rows/policy.ts';

/** A person in the input, and the path of the field. */
export interface Named {
  userId: string;
  path: string;
}

/**
 * Checks that people may become members of a task.
 * @param roles roles of those who are in the workspace
 * @param present roles of the current members
 * @throws `invalid_input` for people who cannot be members, `conflict` for too many members or open tasks
 */
export async function admit(
  db: Executor,
  people: readonly Named[],
  roles: ReadonlyMap<string, WorkspaceRole>,
  present: readonly WorkspaceRole[],
): Promise<void> {
  const visitors = present.filter(isVisitor);
  const errors: InputFault[] = [];
  for (const { userId, path } of people) {
    const role = roles.get(userId);
    if (role === undefined) errors.push({ path, code: 'not_member', message: 'is not a member of the workspace' });
    else if (!mayBeMember(role, visitors)) {
      errors.push({ path, code: 'role', message: 'a task has one customer, or guests, who do not see each other' });
    } else if (isVisitor(role)) visitors.push(role);
  }
  if (errors.length > 0) throw problem('invalid_input', { errors });
  if (present.length + people.length > sizes.taskMembers) {
    throw problem('conflict', `A task has at most ${sizes.taskMembers} members.`);
  }
  await mustHaveRoom(
    db,
    people.map(({ userId }) => userId),
  );
}

/** @throws `conflict` for somebody who has the maximum number of open tasks */
export async function mustHaveRoom(db: Executor, userIds: readonly string[]): Promise<void> {
  if ((await atTaskLimit(db, userIds)).length > 0) {
    throw problem('conflict', `One person can be a member of ${sizes.openTasks} open tasks.`);
  }
}
