import type { TaskCard } from '@atrium/protocol';

/** The tasks of messages, by message. */
export type Cards = ReadonlyMap<string, readonly TaskCard[]>;

/** Messages whose tasks were requested together. */
interface Answered {
  messageIds: readonly string[];
  /** Undefined until they have come. */
  items: readonly { messageId: string; card: TaskCard }[] | undefined;
}

/**
 * The cards of all groups. Messages of a group that is not answered keep those that were known; a list stays the same
 * object until a card in it changes, and so does the result.
 */
export function mergedCards(known: Cards, groups: readonly Answered[]): Cards {
  const next = new Map<string, readonly TaskCard[]>();
  for (const { items, messageIds } of groups) {
    const found = items && Map.groupBy(items, ({ messageId }) => messageId);
    for (const id of messageIds) {
      const before = known.get(id);
      const cards = found ? found.get(id)?.map(({ card }) => card) : before;
      if (cards) next.set(id, before && isSame(before, cards) ? before : cards);
    }
  }
  const isUnchanged = next.size === known.size && [...next].every(([id, cards]) => known.get(id) === cards);
  return isUnchanged ? known : next;
}

/** Whether two lists of cards, which are JSON data, are equal. */
const isSame = (one: readonly TaskCard[], other: readonly TaskCard[]) =>
  one === other || JSON.stringify(one) === JSON.stringify(other);
