import { workspaceRole } from '@atrium/protocol';
import type { Audience } from '../../../platform/stream/index.ts';
import { openTaskIds, visibleOfWhich } from '../rows/member-store.ts';
import { isStaff } from '../rows/policy.ts';

const staffRoles = workspaceRole.options.filter(isStaff);

/**
 * Members follow the stream of a task while it is open, and everyone who sees the task can read it. Events of a task
 * that is visible to the whole workspace are also appended to the stream of the workspace.
 */
export const taskAudience: Audience = {
  kind: 'task',
  followedBy: (userId) => openTaskIds(userId),
  readableBy: (db, userId, ids) => visibleOfWhich(db, userId, ids, staffRoles),
};
