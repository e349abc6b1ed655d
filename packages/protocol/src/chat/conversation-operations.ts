import { z } from 'zod';
import { coreSizes } from '../core/limits.ts';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, id, limit, line, nothing, page, text, version } from '../core/primitives.ts';
import {
  conversation,
  conversationCan,
  conversationKind,
  conversationMember,
  conversationState,
  mentions,
  visibility,
} from './conversation.ts';
import { message } from './message.ts';

const name = line(1, 80);
const topic = text(0, 250);
const people = z.array(id).max(coreSizes.people);

export const conversations = operationGroup('conversations', {
  create: operation({
    summary: 'Create a conversation',
    description:
      'Creates a channel, a group, a direct conversation or a support case. A direct conversation between two people is created once; creating it again returns the existing one.',
    method: 'POST',
    path: '/conversations',
    access: 'workspace:member',
    limit: 'user',
    example: { name: 'research', topic: 'What the machine can do' },
    input: z.strictObject({
      workspaceId: id,
      kind: conversationKind,
      visibility: visibility
        .default('public')
        .meta({ description: 'Applies to channels; every other kind is private' }),
      name: name.optional(),
      topic: topic.default(''),
      memberIds: people.default([]),
    }),
    output: conversationState,
    status: 201,
    errors: ['forbidden', 'conflict'],
  }),
  list: operation({
    summary: 'List conversations',
    description:
      'With scope `mine`, your conversations, most recently active first. With scope `directory`, the public channels of a workspace.',
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
      conversation.extend({
        joined: z.boolean(),
        unread: z.int(),
        mentions,
        lastMessage: message.nullable(),
        can: conversationCan,
      }),
    ),
  }),
  get: operation({
    summary: 'Get a conversation',
    method: 'GET',
    path: '/conversations/:conversationId',
    access: 'conversation:reader',
    limit: 'user',
    input: z.strictObject({ conversationId: id }),
    output: conversationState,
  }),
  update: operation({
    summary: 'Update a conversation',
    description: 'Renames it, sets its topic, archives or unarchives it.',
    method: 'PATCH',
    path: '/conversations/:conversationId',
    access: 'conversation:member',
    limit: 'user',
    example: { topic: 'What the machine cannot do' },
    input: z.strictObject({
      conversationId: id,
      name: name.optional(),
      topic: topic.optional(),
      archived: z.boolean().optional(),
      version: version.optional(),
    }),
    output: conversationState,
    errors: ['forbidden', 'conflict', 'version_conflict', 'archived'],
  }),
  delete: operation({
    summary: 'Delete a conversation and all its messages',
    method: 'DELETE',
    path: '/conversations/:conversationId',
    access: 'conversation:manager',
    limit: 'user',
    input: z.strictObject({ conversationId: id }),
    output: nothing,
  }),
  members: operation({
    summary: 'List the members of a conversation',
    method: 'GET',
    path: '/conversations/:conversationId/members',
    access: 'conversation:reader',
    limit: 'user',
    input: z.strictObject({ conversationId: id, limit, cursor: cursor.optional() }),
    output: page(conversationMember),
  }),
  addMember: operation({
    summary: 'Add a member to a conversation',
    description: 'The new member must already be a member of the workspace.',
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
    summary: 'Remove a member, or leave a conversation',
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
    output: conversationState,
    errors: ['already_member', 'archived', 'conflict'],
  }),
});
