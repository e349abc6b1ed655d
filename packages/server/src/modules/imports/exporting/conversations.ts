import type { Message } from '@atrium/protocol';
import { conversationIdsIn, membersByConversation } from '../../chat/index.ts';
import { webhooksOf } from '../../webhooks/index.ts';
import { isVisitor, membersOf } from '../../workspaces/index.ts';
import type { ExportedTalk } from '../rows/export-format.ts';
import type { Exported } from './reader.ts';

const PAGE = 200;

/** The conversations of the workspace, each with its messages, as their members read them. */
export async function* conversationValues(exported: Exported): AsyncGenerator<ExportedTalk, void> {
  const roles = new Map((await membersOf(exported.db, exported.workspaceId)).map(({ role, userId }) => [userId, role]));
  for (const id of (await conversationIdsIn(exported.db, exported.workspaceId)).sort()) {
    const members = ((await membersByConversation(exported.db, [id])).get(id) ?? []).map((row) => row.account_id);
    const isStaff = (userId: string) => !isVisitor(roles.get(userId) ?? 'customer');
    const reader = members.find(isStaff) ?? members[0];
    if (reader === undefined) exported.omit('conversations without members');
    else yield* conversationWith(exported, { id, members, reader });
  }
}

async function* conversationWith(
  exported: Exported,
  { id: conversationId, members, reader }: { id: string; members: string[]; reader: string },
): AsyncGenerator<ExportedTalk, void> {
  const found = await exported.read(reader, (api) => api.conversations.get({ conversationId }));
  const { archivedAt, createdAt, createdBy, kind, name, support, topic, visibility } = found;
  for (const userId of members) exported.people.add(userId);
  const isArchived = archivedAt !== null;
  const { pins } = found;
  const about = { id: conversationId, kind, visibility, name, topic, createdBy, createdAt, isArchived, members, pins };
  if (support !== undefined) for (const id of idsOf(support)) exported.people.add(id);
  yield { type: 'conversation', ...about, ...(support === undefined ? {} : { support }) };
  for (const webhook of await webhooksOf(exported.db, conversationId)) {
    const { avatar, enabled: isEnabled, id, name: called } = webhook;
    yield { type: 'webhook', id, conversationId, name: called, avatar, isEnabled };
  }
  let after = 0;
  for (;;) {
    const from = after;
    const { items } = await exported.read(reader, (api) =>
      api.messages.list({ conversationId, after: from, limit: PAGE }),
    );
    for (const message of items) if (message.deletedAt === undefined) yield messageValue(exported, message);
    const last = items.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}

const idsOf = ({ assigneeId, customerId }: Record<'assigneeId' | 'customerId', string | null>) =>
  [assigneeId, customerId].filter((id) => id !== null);

function messageValue(exported: Exported, message: Message): ExportedTalk {
  const { attachments = [], content, conversationId, createdAt, id, reactions = [], senderId, threadId, via } = message;
  for (const attachment of attachments) exported.objects.add(attachment.id);
  if (via === undefined) exported.people.add(senderId);
  for (const { userIds } of reactions) for (const userId of userIds) exported.people.add(userId);
  return {
    type: 'message',
    id,
    conversationId,
    senderId,
    ...(via === undefined ? {} : { senderName: via.name }),
    createdAt,
    content,
    ...(threadId === undefined ? {} : { threadId }),
    reactions,
    files: attachments.map(({ filename, id: fileId, type }) => ({ id: fileId, filename, type })),
  };
}
