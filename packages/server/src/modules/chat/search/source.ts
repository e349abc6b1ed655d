import type { SearchMark } from '@atrium/protocol';
import { type IndexedMessage, type MessageSource, searchedText } from '../../search/index.ts';
import { messagesById } from '../rows/message-store.ts';
import { presentMessage } from '../rows/present.ts';
import { readableConversationIds } from '../rows/readable.ts';
import { type IndexedRow, indexedBetween, indexedById, oldestMessageAt } from './store.ts';

function marksOf({ attachments, reactions, pinned }: IndexedRow): SearchMark[] {
  return [
    ...(attachments === null ? [] : (['file'] as const)),
    ...(reactions === null ? [] : (['reaction'] as const)),
    ...(pinned ? (['pin'] as const) : []),
  ];
}

function toIndexedMessage(row: IndexedRow): IndexedMessage {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    authorId: row.sender_id,
    createdAt: row.created_at,
    text: searchedText(presentMessage(row)),
    marks: marksOf(row),
  };
}

/** The source of messages for search. */
export const messageSource: MessageSource = {
  async byId(db, ids) {
    return (await indexedById(db, ids)).map(toIndexedMessage);
  },

  async written(db, conversationId, range) {
    const rows = await indexedBetween(db, conversationId, range);
    return { items: rows.map(toIndexedMessage), last: rows.at(-1)?.seq };
  },

  oldest: oldestMessageAt,

  readableBy: readableConversationIds,

  async show(db, ids) {
    const rows = [...(await messagesById(db, ids)).values()].filter((row) => row.deleted_at === null);
    return new Map(rows.map((row) => [row.id, presentMessage(row)]));
  },
};
