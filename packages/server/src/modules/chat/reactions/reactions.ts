import { sizes } from '@atrium/protocol';
import type { StoredReactions } from '../rows/tables.ts';

/** Whether someone has reacted to a message with an emoji. */
export function hasReacted(reactions: StoredReactions | null, emoji: string, userId: string): boolean {
  return reactions?.[emoji]?.includes(userId) ?? false;
}

/** Whether a message takes a reaction more: so many different ones, and so many in all. */
export function takesReaction(reactions: StoredReactions | null, emoji: string): boolean {
  const all = Object.values(reactions ?? {});
  const isKnown = reactions?.[emoji] !== undefined;
  return (isKnown || all.length < sizes.reactionEmojis) && all.flat().length < sizes.reactions;
}

/** With a reaction more; people in the order of their ids, so that it does not matter who came first. */
export function withReaction(reactions: StoredReactions | null, emoji: string, userId: string): StoredReactions {
  return { ...reactions, [emoji]: [...(reactions?.[emoji] ?? []), userId].sort() };
}

/** Without one; null when none is left. */
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
