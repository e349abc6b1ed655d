import type { SearchMark } from '@atrium/protocol';
import type { Findable, MessageSource } from '../../search/index.ts';
import { rolesOf } from '../../workspaces/index.ts';
import { messagesById } from '../rows/message-store.ts';
import { mayBrowse } from '../rows/policy.ts';
import { presentMessage } from '../rows/present.ts';
import { conversationIdsFor, type FindableRow, findableBetween, findableById, oldestMessageAt } from './store.ts';

function marksOf({ reactions, pinned }: FindableRow): SearchMark[] {
  return [...(reactions === null ? [] : (['reaction'] as const)), ...(pinned ? (['pin'] as const) : [])];
}

function toFindable(row: FindableRow): Findable {
  return {
    id: row.id,
    placeId: row.conversation_id,
    authorId: row.sender_id,
    createdAt: row.created_at,
    text: row.content,
    marks: marksOf(row),
  };
}

/** What search needs to know of messages. */
export const messageSource: MessageSource = {
  async byId(db, ids) {
    return (await findableById(db, ids)).map(toFindable);
  },

  async written(db, placeId, range) {
    const rows = await findableBetween(db, placeId, range);
    return { items: rows.map(toFindable), last: rows.at(-1)?.seq };
  },

  oldest: oldestMessageAt,

  async readableBy(db, userId) {
    const roles = [...(await rolesOf(db, userId))];
    const open = roles.filter(([, role]) => mayBrowse(role)).map(([workspaceId]) => workspaceId);
    return conversationIdsFor(db, userId, open);
  },

  async show(db, ids) {
    const rows = [...(await messagesById(db, ids)).values()].filter((row) => row.deleted_at === null);
    return new Map(rows.map((row) => [row.id, presentMessage(row)]));
  },
};
