import { z } from 'zod';
import { coreSizes } from '../core/limits.ts';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, id, limit, line, nothing, page, text, version } from '../core/primitives.ts';
import {
  conversation,
  conversationKind,
  conversationMember,
  mentions,
  myConversation,
  visibility,
} from './conversation.ts';
import { message } from './message.ts';

const name = line(1, 80);
const topic = text(0, 250);
const people = z.array(id).max(coreSizes.people);

export const conversations = operationGroup('conversations', {
  create: operation({
    summary: 'Open a conversation',
    description: 'A channel, a group, a direct conversation (the same pair gets the same one) or a support case.',
    method: 'POST',
    path: '/conversations',
    access: 'workspace:member',
    limit: 'user',
    input: z.strictObject({
      workspaceId: id,
      kind: conversationKind,
      visibility: visibility.default('public').meta({ description: 'Of channels; everything else is private' }),
      name: name.optional(),
      topic: topic.default(''),
      memberIds: people.default([]),
    }),
    output: myConversation,
    status: 201,
    errors: ['forbidden', 'conflict'],
  }),
  list: operation({
    summary: 'My conversations, or the public channels of a workspace',
    description: 'My own come with the latest active first.',
    method: 'GET',
    path: '/conversations',
    access: 'user',
    limit: 'user',
    input: z.strictObject({
      workspaceId: id.optional(),
      scope: z.enum(['mine', 'directory']).default('mine'),
      limit,
      cursor: cursor.optional(),
    }),
    output: page(
      conversation.extend({ joined: z.boolean(), unread: z.int(), mentions, lastMessage: message.nullable() }),
    ),
  }),
  get: operation({
    summary: 'One conversation',
    method: 'GET',
    path: '/conversations/:conversationId',
    access: 'conversation:reader',
    limit: 'user',
    input: z.strictObject({ conversationId: id }),
    output: myConversation,
  }),
  update: operation({
    summary: 'Rename, set the topic, archive or unarchive',
    method: 'PATCH',
    path: '/conversations/:conversationId',
    access: 'conversation:member',
    limit: 'user',
    input: z.strictObject({
      conversationId: id,
      name: name.optional(),
      topic: topic.optional(),
      archived: z.boolean().optional(),
      version: version.optional(),
    }),
    output: myConversation,
    errors: ['forbidden', 'conflict', 'version_conflict', 'archived'],
  }),
  delete: operation({
    summary: 'Delete a conversation with all its messages',
    method: 'DELETE',
    path: '/conversations/:conversationId',
    access: 'conversation:manager',
    limit: 'user',
    input: z.strictObject({ conversationId: id }),
    output: nothing,
  }),
  members: operation({
    summary: 'Who is in a conversation',
    method: 'GET',
    path: '/conversations/:conversationId/members',
    access: 'conversation:reader',
    limit: 'user',
    input: z.strictObject({ conversationId: id, limit, cursor: cursor.optional() }),
    output: page(conversationMember),
  }),
  addMember: operation({
    summary: 'Add someone of the workspace',
    method: 'POST',
    path: '/conversations/:conversationId/members',
    access: 'conversation:member',
    limit: 'user',
    input: z.strictObject({ conversationId: id, userId: id }),
    output: conversationMember,
    status: 201,
    errors: ['already_member', 'forbidden', 'conflict', 'archived'],
  }),
  removeMember: operation({
    summary: 'Remove someone, or leave',
    method: 'DELETE',
    path: '/conversations/:conversationId/members/:userId',
    access: 'conversation:member',
    limit: 'user',
    input: z.strictObject({ conversationId: id, userId: id }),
    output: nothing,
    errors: ['forbidden'],
  }),
  join: operation({
    summary: 'Join a public channel',
    method: 'POST',
    path: '/conversations/:conversationId/join',
    access: 'conversation:reader',
    limit: 'user',
    input: z.strictObject({ conversationId: id }),
    output: myConversation,
    errors: ['already_member', 'archived', 'conflict'],
  }),
});
