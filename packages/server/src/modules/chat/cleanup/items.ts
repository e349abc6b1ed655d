/** Rows of one table that belong to a conversation beside its messages. */
interface Item {
  /**
   * Whose they are: of one person, or of everyone. Those of a person are deleted with their account, in the order in
   * which their rows are locked everywhere, which is `order`.
   */
  of: { person: { order: string; whenLeft: 'deleted' | 'kept' } } | 'everyone';
  /** How a person finds them in the copy of their data; null: they are there with what they are about. */
  exportedAs: 'saved' | 'drafts' | null;
}

/**
 * Everything that belongs to a conversation beside its messages, by table; each knows it by `conversation_id`. Persons'
 * tables stand in the order in which they are locked. What is not listed would outlive its conversation: a test compares
 * with the database.
 */
export const ITEMS = {
  draft: { of: { person: { order: 'conversation_id, thread_id', whenLeft: 'deleted' } }, exportedAs: 'drafts' },
  saved_message: { of: { person: { order: 'message_id', whenLeft: 'kept' } }, exportedAs: 'saved' },
  thread_follower: { of: { person: { order: 'thread_id', whenLeft: 'deleted' } }, exportedAs: null },
  mention: { of: { person: { order: 'conversation_id, seq', whenLeft: 'deleted' } }, exportedAs: null },
  pin: { of: 'everyone', exportedAs: null },
} as const satisfies Record<string, Item>;

export type ItemTable = keyof typeof ITEMS;

export const ITEM_TABLES = Object.keys(ITEMS) as readonly ItemTable[];

/** The parts of the copy of somebody's data that come from here. */
export type ExportedItems = Exclude<(typeof ITEMS)[ItemTable]['exportedAs'], null>;

/** The tables with something of a person, and the order in which to lock its rows. */
export const PERSONAL_ITEMS = ITEM_TABLES.flatMap((table) => {
  const { of } = ITEMS[table];
  return of === 'everyone' ? [] : [{ table, ...of.person }];
});
