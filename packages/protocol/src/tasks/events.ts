import { z } from 'zod';
import { event } from '../core/event.ts';
import { id, seq } from '../core/primitives.ts';
import { label, task, taskCan, taskComment, taskState } from './task.ts';

const ids = { taskId: id, workspaceId: id };

/** Events of tasks. */
export const taskEvents = {
  'task:joined': event({
    summary: 'You became a member of a task, or it was reopened; its stream continues from `asOf`',
    on: ['user'],
    data: z.object({ task: taskState, asOf: seq }),
  }),
  'task:left': event({
    summary: 'You no longer follow a task: you were removed from it, or it was completed or deleted',
    on: ['user'],
    data: z.object({ ...ids, reason: z.enum(['removed', 'completed', 'deleted']) }),
  }),
  'task:created': event({
    summary: 'A task that you can see was created or restored, or became visible to you',
    on: ['workspace', 'user'],
    external: true,
    data: task,
  }),
  'task:updated': event({
    summary: 'A task was updated; members of a completed task are told on their own stream',
    on: ['task', 'workspace', 'user'],
    external: true,
    data: task,
  }),
  'task:deleted': event({
    summary: 'A task was moved to the trash, or is no longer visible to the workspace',
    on: ['task', 'workspace', 'user'],
    external: true,
    data: z.object({ ...ids, reason: z.enum(['deleted', 'hidden']) }),
  }),
  'task:membersUpdated': event({
    summary: 'The members of a task changed',
    on: ['task', 'workspace', 'user'],
    external: true,
    data: z.object({ ...ids, memberIds: z.array(id) }),
  }),
  'task:can': event({
    summary: 'What you may do with a task changed',
    on: ['user'],
    data: z.object({ ...ids, can: taskCan }),
  }),
  'task:commented': event({
    summary: 'A comment was added to a task',
    on: ['task', 'user'],
    external: false,
    data: taskComment,
  }),
  'task:commentUpdated': event({
    summary: 'A comment was edited',
    on: ['task', 'user'],
    external: false,
    data: taskComment,
  }),
  'task:commentDeleted': event({
    summary: 'A comment was deleted',
    on: ['task', 'user'],
    external: false,
    data: z.object({ taskId: id, commentId: id }),
  }),
  'task:mentioned': event({
    summary: 'You were mentioned in a comment on a task',
    on: ['user'],
    data: z.object({ ...ids, commentId: id, authorId: id }),
  }),
  'message:task': event({
    summary: 'A task was created from a message',
    on: ['conversation'],
    external: true,
    data: z.object({ conversationId: id, messageId: id, taskId: id }),
  }),
  'label:created': event({ summary: 'A label was added', on: ['workspace'], external: true, data: label }),
  'label:updated': event({
    summary: 'A label was renamed, or its colour changed',
    on: ['workspace'],
    external: true,
    data: label,
  }),
  'label:deleted': event({
    summary: 'A label was deleted and removed from all tasks',
    on: ['workspace', 'user'],
    external: true,
    data: z.object({ workspaceId: id, labelId: id }),
  }),
  'label:all': event({
    summary: 'The labels of a workspace that you can see changed',
    on: ['user'],
    data: z.object({ workspaceId: id, labels: z.array(label) }),
  }),
} as const;
