import { conversations } from '@atrium/protocol';
import { command, type Implementation, problem, read } from '../../../platform/module/index.ts';
import { membershipOf } from '../../workspaces/index.ts';
import { announceCan, conversationCansAt } from '../can/can.ts';
import type { CanFacts } from '../can/policy.ts';
import { announceCase, announceQueueChange } from '../cases/cases.ts';
import { removeConversations } from '../cleanup/removal.ts';
import { announceRemoval } from '../members/visitors.ts';
import { factsOf } from '../rows/access.ts';
import { updateConversation } from '../rows/conversation-store.ts';
import { baseCanOf, mayBrowse } from '../rows/policy.ts';
import { presentConversation, presentMessage } from '../rows/present.ts';
import { conversationStream } from '../rows/stream.ts';
import type { ConversationRow } from '../rows/tables.ts';
import { overviewPage } from '../view/overview-store.ts';
import { personalStates } from '../view/personal-store.ts';
import { conversationStateFor } from '../view/state.ts';
import { createOperation } from './create-operations.ts';
import { conversationPages } from './list-cursor.ts';

/** The fields that a change would actually change. */
function differences(
  row: ConversationRow,
  wanted: { name?: string | undefined; topic?: string | undefined; archived?: boolean | undefined },
  now: Date,
): Partial<Pick<ConversationRow, 'name' | 'topic' | 'archived_at'>> {
  const { name, topic, archived } = wanted;
  return {
    ...(name !== undefined && name !== row.name && { name }),
    ...(topic !== undefined && topic !== row.topic && { topic }),
    ...(archived !== undefined && archived !== (row.archived_at !== null) && { archived_at: archived ? now : null }),
  };
}

/** The facts of a member before the conversation was archived or unarchived. */
const wasArchived =
  ({ archived_at }: ConversationRow) =>
  (now: CanFacts): CanFacts => ({ ...now, archived: archived_at !== null });

/** Operations to read, change and delete conversations. */
export const conversationOperations: readonly Implementation[] = [
  createOperation,

  read(conversations.list, async ({ input, actor, db }) => {
    const { workspaceId, scope } = input;
    if (scope === 'directory') {
      if (workspaceId === undefined) {
        const fault = { path: 'workspaceId', code: 'required', message: 'the directory is that of one workspace' };
        throw problem('invalid_input', { errors: [fault] });
      }
      const membership = await membershipOf(db, workspaceId, actor.userId);
      if (membership === undefined) throw problem('not_found');
      if (!mayBrowse(membership.role)) throw problem('forbidden');
    }
    const page = conversationPages.page(input);
    const found = await overviewPage(db, { viewerId: actor.userId, scope, workspaceId, ...page });
    const { rows, nextCursor } = conversationPages.cut(found, page, ({ position }) => position);
    const views = rows.map(({ conversation }) => ({ viewerId: actor.userId, conversationId: conversation.id }));
    const own = await personalStates(db, views);
    const cans = await conversationCansAt(db, views);
    return {
      items: rows.flatMap(({ conversation, joined, unread, lastMessage }, at) => {
        const can = cans[at];
        if (can === undefined) return [];
        return [
          {
            ...presentConversation(conversation),
            joined,
            unread,
            mentions: own[at]?.mentions ?? [],
            lastMessage: lastMessage ? presentMessage(lastMessage) : null,
            can,
          },
        ];
      }),
      nextCursor,
    };
  }),

  read(conversations.get, ({ actor, subject, db }) =>
    conversationStateFor(db, { viewerId: actor.userId, conversationId: subject.conversation.id }),
  ),

  command(
    conversations.update,
    async (context) => {
      const { input, actor, subject, tx, now, append } = context;
      const { conversation } = subject;
      if (!baseCanOf(factsOf(subject)).archive) throw problem('forbidden');
      if (input.version !== undefined && input.version !== conversation.version) {
        throw problem('version_conflict', { current: presentConversation(conversation) });
      }
      const changes = differences(conversation, input, now);
      const stays = conversation.archived_at !== null && input.archived !== false;
      if (stays && ('name' in changes || 'topic' in changes)) throw problem('archived');
      if (Object.keys(changes).length > 0) {
        await updateConversation(tx, conversation.id, changes);
        const { id, workspace_id: workspaceId } = conversation;
        const isMoved = 'archived_at' in changes;
        // The writers cache whether it is archived, and its name.
        const effect = isMoved || 'name' in changes ? { fence: true as const } : {};
        if (conversation.kind === 'support' && isMoved) announceCase(context, { id, workspaceId });
        else append(conversationStream(id), 'conversation:updated', { conversationId: id }, effect);
        if (isMoved) await announceCan(context, { conversationIds: [id] }, wasArchived(conversation));
      }
      return conversationStateFor(tx, { viewerId: actor.userId, conversationId: conversation.id });
    },
    { lock: 'change' },
  ),

  command(
    conversations.delete,
    async (context) => {
      const { conversation } = context.subject;
      await announceRemoval(context, [conversation.id]);
      const { id: conversationId, workspace_id: workspaceId } = conversation;
      for (const [userId, unfollow] of await removeConversations(context, [conversationId])) {
        context.append(`user:${userId}`, 'conversation:left', { conversationId }, { unfollow });
      }
      if (conversation.kind === 'support') announceQueueChange(context, { id: conversationId, workspaceId });
      return {};
    },
    { lock: 'remove' },
  ),
];
