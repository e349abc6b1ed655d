/** The rows of one table that belong to a conversation, other than messages. */
interface Item {
  /**
   * Whether they belong to one person or to everyone. Rows of a person are deleted with their account, in the order in
   * which they are locked everywhere, which is `order`.
   */
  of: { person: { order: string; whenLeft: 'deleted' | 'kept' } } | 'everyone';
  /** The file with them in a person's data export; null: they are included with their subject. */
  exportedAs: 'saved' | 'drafts' | null;
  /** Why they are not in the export of a workspace; null: they are, with the conversation. */
  leftOutOfWorkspace: string | null;
}

/**
 * Everything that belongs to a conversation other than messages, by table; each has a column `conversation_id`. Tables
 * of persons are listed in the order in which they are locked. Rows of a missing table would outlive their
 * conversation: a test compares this list with the database.
 */
export const ITEMS = {
  draft: {
    of: { person: { order: 'conversation_id, thread_id', whenLeft: 'deleted' } },
    exportedAs: 'drafts',
    leftOutOfWorkspace: 'personal',
  },
  saved_message: {
    of: { person: { order: 'message_id', whenLeft: 'kept' } },
    exportedAs: 'saved',
    leftOutOfWorkspace: 'personal',
  },
  thread_follower: {
    of: { person: { order: 'thread_id', whenLeft: 'deleted' } },
    exportedAs: null,
    leftOutOfWorkspace: 'who writes in a thread follows it again',
  },
  mention: {
    of: { person: { order: 'conversation_id, seq', whenLeft: 'deleted' } },
    exportedAs: null,
    leftOutOfWorkspace: 'found again in the messages',
  },
  pin: { of: 'everyone', exportedAs: null, leftOutOfWorkspace: null },
} as const satisfies Record<string, Item>;

export type ItemTable = keyof typeof ITEMS;

export const ITEM_TABLES = Object.keys(ITEMS) as readonly ItemTable[];

/** The parts of a data export that come from here. */
export type ExportedItems = Exclude<(typeof ITEMS)[ItemTable]['exportedAs'], null>;

/** The tables with rows of persons, and the order in which to lock the rows. */
export const PERSONAL_ITEMS = ITEM_TABLES.flatMap((table) => {
  const { of } = ITEMS[table];
  return of === 'everyone' ? [] : [{ table, ...of.person }];
});
