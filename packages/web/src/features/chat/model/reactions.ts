import type { Message } from '@atrium/client';

export type Reactions = NonNullable<Message['reactions']>;

/** My pending reactions to one message: whether each emoji is to be added or removed. */
export type ReactionPatch = Readonly<Record<string, boolean>>;

/** Reactions with pending ones applied; the same object if nothing changes. */
export function withPatch(reactions: Reactions | undefined, patch: ReactionPatch | undefined, myId: string): Reactions {
  let all = reactions ?? [];
  for (const [emoji, wanted] of Object.entries(patch ?? {})) all = withMine(all, emoji, wanted, myId);
  return all;
}

function withMine(reactions: Reactions, emoji: string, wanted: boolean, myId: string): Reactions {
  const at = reactions.findIndex((each) => each.emoji === emoji);
  const userIds = reactions[at]?.userIds ?? [];
  if (userIds.includes(myId) === wanted) return reactions;
  const changed = { emoji, userIds: wanted ? [...userIds, myId] : userIds.filter((id) => id !== myId) };
  if (at < 0) return [...reactions, changed];
  return changed.userIds.length === 0 ? reactions.toSpliced(at, 1) : reactions.with(at, changed);
}
