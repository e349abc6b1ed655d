import { workspaceRole } from '@atrium/protocol';
import type { Audience } from '../../platform/stream/index.ts';
import { workspaceIdsAs } from './people-store.ts';
import { isVisitor } from './policy.ts';

const workingRoles = workspaceRole.options.filter((role) => !isVisitor(role));

/**
 * Events on the stream of a workspace contain everyone, so only staff follow it. Guests and customers see less, and get
 * events on their own streams.
 */
export const workspaceAudience: Audience = {
  kind: 'workspace',
  followedBy: (userId) => workspaceIdsAs(userId, workingRoles),
};
