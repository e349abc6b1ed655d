import type { EventData, Message, Reaction } from '@atrium/protocol';

type ReactionChange = EventData['reaction:added'];

/** Adds one user's reaction to a message, in the order of the server; a deleted message is unchanged. */
export function react(message: Message, { emoji, userId }: ReactionChange): Message {
  const people = message.reactions?.find((each) => each.emoji === emoji)?.userIds ?? [];
  if (message.deletedAt !== undefined || people.includes(userId)) return message;
  return withPeople(message, emoji, [...people, userId].sort());
}

/** Removes one user's reaction from a message. */
export function unreact(message: Message, { emoji, userId }: ReactionChange): Message {
  const people = message.reactions?.find((each) => each.emoji === emoji)?.userIds ?? [];
  if (!people.includes(userId)) return message;
  const left = people.filter((id) => id !== userId);
  return withPeople(message, emoji, left);
}

function withPeople({ reactions = [], ...message }: Message, emoji: string, userIds: string[]): Message {
  const others = reactions.filter((each) => each.emoji !== emoji);
  const all: Reaction[] = userIds.length > 0 ? [...others, { emoji, userIds }] : others;
  if (all.length === 0) return message;
  return { ...message, reactions: all.sort((one, other) => (one.emoji < other.emoji ? -1 : 1)) };
}
