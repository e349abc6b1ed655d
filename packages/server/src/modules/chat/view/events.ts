import type { Message } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { type Renderers, streamSeqs } from '../../../platform/stream/index.ts';
import { renderConversationCan } from '../can/can.ts';
import { presentDraft } from '../drafts/present.ts';
import { draftsAt } from '../drafts/store.ts';
import { sharedReceipts, usersHidingReceipts } from '../receipts/receipts.ts';
import { conversationsById } from '../rows/conversation-store.ts';
import { membersByConversation } from '../rows/member-store.ts';
import { messagesById } from '../rows/message-store.ts';
import { presentConversation, presentMention, presentMessage, presentThreadOf } from '../rows/present.ts';
import { conversationStream } from '../rows/stream.ts';
import { type ThreadFollower, threadPositions } from '../threads/position.ts';
import { conversationStates } from './state.ts';

declare module '../../../platform/stream/index.ts' {
  interface RenderedBodies {
    'conversation:joined': { conversationId: string; userId: string };
    'conversation:updated': { conversationId: string };
    'conversation:receipts': { conversationId: string };
    'message:receive': { messageId: string };
    'message:updated': { messageId: string };
    'message:deleted': { messageId: string };
    'thread:updated': { messageId: string };
    'thread:standing': ThreadFollower;
    'mention:received': { messageId: string };
    'draft:updated': { userId: string; conversationId: string; threadId: string | null };
  }
}

/** Renders messages in their current state. */
async function showMessages(
  db: Executor,
  events: readonly { body: { messageId: string } }[],
): Promise<(Message | null)[]> {
  const rows = await messagesById(
    db,
    events.map(({ body }) => body.messageId),
  );
  return events.map(({ body }) => {
    const row = rows.get(body.messageId);
    return row === undefined ? null : presentMessage(row);
  });
}

/** Renders conversations and messages in their current state. */
export const chatRenderers: Renderers = {
  async 'conversation:joined'(db, events) {
    const views = events.map(({ body }) => ({ viewerId: body.userId, conversationId: body.conversationId }));
    const seqs = await streamSeqs(
      db,
      views.map(({ conversationId }) => conversationStream(conversationId)),
    );
    const found = await conversationStates(db, views);
    return views.map(({ conversationId }, at) => {
      const seen = found[at];
      if (!seen?.joined) return null;
      return { conversation: seen.state, asOf: seqs.get(conversationStream(conversationId)) ?? 0 };
    });
  },

  async 'conversation:updated'(db, events) {
    const rows = await conversationsById(
      db,
      events.map(({ body }) => body.conversationId),
    );
    return events.map(({ body }) => {
      const row = rows.get(body.conversationId);
      return row === undefined ? null : presentConversation(row);
    });
  },

  async 'conversation:receipts'(db, events) {
    const ids = events.map(({ body }) => body.conversationId);
    const members = await membersByConversation(db, [...new Set(ids)]);
    const hidden = await usersHidingReceipts(db, [
      ...new Set([...members.values()].flat().map((row) => row.account_id)),
    ]);
    return ids.map((conversationId) => ({
      conversationId,
      receipts: sharedReceipts(members.get(conversationId) ?? [], hidden),
    }));
  },

  'message:receive': showMessages,
  'message:updated': showMessages,
  'message:deleted': showMessages,

  async 'thread:updated'(db, events) {
    const rows = await messagesById(
      db,
      events.map(({ body }) => body.messageId),
    );
    return events.map(({ body: { messageId } }) => {
      const row = rows.get(messageId);
      return row === undefined ? null : presentThreadOf(row);
    });
  },

  'conversation:can': renderConversationCan,

  'thread:standing': (db, events) =>
    threadPositions(
      db,
      events.map(({ body }) => body),
    ),

  async 'mention:received'(db, events) {
    const rows = await messagesById(
      db,
      events.map(({ body }) => body.messageId),
    );
    return events.map(({ body: { messageId } }) => {
      const row = rows.get(messageId);
      return row === undefined ? null : presentMention(row);
    });
  },

  async 'draft:updated'(db, events) {
    const rows = await draftsAt(
      db,
      events.map(({ body }) => body),
    );
    return events.map(({ body: { userId, conversationId, threadId } }) => {
      const row = rows.find(
        (each) => each.account_id === userId && each.conversation_id === conversationId && each.thread_id === threadId,
      );
      return { conversationId, threadId, draft: row ? presentDraft(row) : null };
    });
  },
};
