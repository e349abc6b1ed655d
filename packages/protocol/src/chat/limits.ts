import type { LimitClass, ThingLimit } from '../core/limits.ts';

export const chatLimits = {
  message: { points: 10, seconds: 5, per: 'user', counts: 'calls' },
  receipt: { points: 100, seconds: 5, per: 'user', counts: 'calls' },
  typing: { points: 20, seconds: 5, per: 'user', counts: 'calls' },
} as const satisfies Record<string, LimitClass>;

export const chatThingLimits = {
  /** Messages to one conversation. */
  conversation: { points: 100, seconds: 5 },
} as const satisfies Record<string, ThingLimit>;

export const chatSizes = {
  /** Characters of a message. */
  message: 8_000,
  /** The largest number of members for which a conversation shares receipts. */
  sharedReceipts: 100,
  /** Different reactions to one message. */
  reactionEmojis: 50,
  /** All reactions to one message. */
  reactions: 1_000,
  /** Unread messages are counted up to this number. */
  unread: 1_000,
  /** Pinned messages of one conversation. */
  pins: 100,
  /** Messages that one user can save. */
  saved: 1_000,
  /** Drafts of one user. */
  drafts: 100,
  /** Unread mentions listed for one conversation. */
  mentions: 100,
  /** People that one message can mention by name; further names are ignored. */
  mentionNames: 50,
  /** The largest number of members with which anyone may mention everyone; above it, only managers may. */
  mentionAll: 200,
} as const;
