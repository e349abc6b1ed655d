import { announcePeople, isVisitor } from '../../workspaces/index.ts';
import { memberRoles } from '../rows/member-store.ts';
import type { FullTask } from '../rows/tables.ts';
import type { Telling } from './telling.ts';

/**
 * Tells the guests and customers of a task whom they may see from now on, or no longer, since the members of the task
 * change. Who has left is told while they are still a member.
 */
export async function tellSight(context: Telling, task: FullTask, changed: readonly string[]): Promise<void> {
  const { id, workspace_id: workspaceId } = task;
  const members = await memberRoles(context.tx, id);
  for (const { userId: viewerId, role } of members) {
    if (!isVisitor(role)) continue;
    const others = changed.includes(viewerId) ? members.map(({ userId }) => userId) : changed;
    announcePeople(
      context,
      { workspaceId, viewerId },
      others.filter((userId) => userId !== viewerId),
    );
  }
}
