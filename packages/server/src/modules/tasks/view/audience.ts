import { workspaceRole } from '@atrium/protocol';
import type { Audience } from '../../../platform/stream/index.ts';
import { openTaskIds, visibleOfWhich } from '../rows/member-store.ts';
import { isStaff } from '../rows/policy.ts';

const staffRoles = workspaceRole.options.filter(isStaff);

/**
 * The stream of a task is followed by its members while it is open, and can be read by everyone who sees it. What is
 * visible to a whole workspace is also told on the stream of the workspace.
 */
export const taskAudience: Audience = {
  kind: 'task',
  followedBy: (userId) => openTaskIds(userId),
  readableBy: (db, userId, ids) => visibleOfWhich(db, userId, ids, staffRoles),
};
