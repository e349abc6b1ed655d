import { announcePeople, isVisitor } from '../../workspaces/index.ts';
import { memberRoles } from '../rows/member-store.ts';
import type { FullTask } from '../rows/tables.ts';
import type { Publishing } from './publish.ts';

/**
 * Tells the guests and customers of a task which people they see after a change of its members. Call it before former
 * members are removed.
 */
export async function announceVisiblePeople(
  context: Publishing,
  task: FullTask,
  changed: readonly string[],
): Promise<void> {
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
