import type { Audience } from '../../../platform/stream/index.ts';
import { conversationIds, memberOfWhich } from './member-store.ts';

/**
 * The stream of a conversation is followed by its members; that of a public channel can be read by others, but not
 * followed.
 */
export const conversationAudience = {
  kind: 'conversation',
  followedBy: conversationIds,
  readableBy: memberOfWhich,
} satisfies Audience;
