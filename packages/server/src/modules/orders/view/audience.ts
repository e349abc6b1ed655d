import type { Audience } from '../../../platform/stream/index.ts';
import { deskIds } from '../rows/desk-store.ts';

/** The desk of a workspace is for those who work there. */
export const deskAudience: Audience = {
  kind: 'desk',
  followedBy: deskIds,
};
