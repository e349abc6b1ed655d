import type { Audience } from '../../../platform/stream/index.ts';
import { deskIds } from '../rows/desk-store.ts';

/** The audience of a desk: the staff of its workspace. */
export const deskAudience: Audience = {
  kind: 'desk',
  followedBy: deskIds,
};
