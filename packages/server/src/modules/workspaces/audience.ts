import type { Audience } from '../../platform/stream/audience.ts';
import { readableWorkspaces, workspaceIdsOf } from './membership-store.ts';

/** The stream of a workspace is for everyone in it. */
export const workspaceAudience: Audience = {
  kind: 'workspace',
  followedBy: workspaceIdsOf,
  readableBy: readableWorkspaces,
};
