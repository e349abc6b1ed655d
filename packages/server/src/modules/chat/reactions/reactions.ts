import { sizes } from '@atrium/protocol';
import type { StoredReactions } from '../rows/tables.ts';

/** Whether a user has reacted to a message with an emoji. */
export function hasReacted(reactions: StoredReactions | null, emoji: string, userId: string): boolean {
  return reactions?.[emoji]?.includes(userId) ?? false;
}

/** Whether a message can have one more reaction: within the limits of different emoji, and in total. */
export function takesReaction(reactions: StoredReactions | null, emoji: string): boolean {
  const all = Object.values(reactions ?? {});
  const isKnown = reactions?.[emoji] !== undefined;
  return (isKnown || all.length < sizes.reactionEmojis) && all.flat().length < sizes.reactions;
}

/** Adds a reaction; users are sorted by id, so that the order of arrival does not matter. */
export function withReaction(reactions: StoredReactions | null, emoji: string, userId: string): StoredReactions {
  return { ...reactions, [emoji]: [...(reactions?.[emoji] ?? []), userId].sort() };
}

/** Removes a reaction; null if none is left. */
export function withoutReaction(
  reactions: StoredReactions | null,
  emoji: string,
  userId: string,
): StoredReactions | null {
  const { [emoji]: people = [], ...others } = reactions ?? {};
  const left = people.filter((id) => id !== userId);
  const all = left.length > 0 ? { ...others, [emoji]: left } : others;
  return Object.keys(all).length > 0 ? all : null;
}
