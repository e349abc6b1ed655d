import { z } from 'zod';
import { event } from '../core/event.ts';
import { id, seq } from '../core/primitives.ts';
import { label, task, taskCan, taskComment, taskState } from './task.ts';

const ids = { taskId: id, workspaceId: id };

/** What happens to tasks. */
export const taskEvents = {
  'task:joined': event({
    summary: 'An open task that I am a member of: its own stream goes on from `asOf`',
    on: ['user'],
    data: z.object({ task: taskState, asOf: seq }),
  }),
  'task:left': event({
    summary: 'I no longer follow a task: I was taken off it, or it was completed or deleted',
    on: ['user'],
    data: z.object({ ...ids, reason: z.enum(['removed', 'completed', 'deleted']) }),
  }),
  'task:created': event({
    summary: 'A task that I see was created or restored, or came into view',
    on: ['workspace', 'user'],
    data: task,
  }),
  'task:updated': event({
    summary: 'A task changed; members of a completed task hear it on their own stream',
    on: ['task', 'workspace', 'user'],
    data: task,
  }),
  'task:deleted': event({
    summary: 'A task is in the trash, or no longer visible to the workspace',
    on: ['task', 'workspace', 'user'],
    data: z.object({ ...ids, reason: z.enum(['deleted', 'hidden']) }),
  }),
  'task:membersUpdated': event({
    summary: 'Other people are members of a task',
    on: ['task', 'workspace', 'user'],
    data: z.object({ ...ids, memberIds: z.array(id) }),
  }),
  'task:can': event({
    summary: 'I may do other things with a task that I follow',
    on: ['user'],
    data: z.object({ ...ids, can: taskCan }),
  }),
  'task:commented': event({ summary: 'Someone commented on a task', on: ['task', 'user'], data: taskComment }),
  'task:commentUpdated': event({ summary: 'A comment was edited', on: ['task', 'user'], data: taskComment }),
  'task:commentDeleted': event({
    summary: 'A comment was deleted',
    on: ['task', 'user'],
    data: z.object({ taskId: id, commentId: id }),
  }),
  'task:mentioned': event({
    summary: 'A comment on a task mentions me',
    on: ['user'],
    data: z.object({ ...ids, commentId: id, authorId: id }),
  }),
  'message:task': event({
    summary: 'A task was made from a message',
    on: ['conversation'],
    data: z.object({ conversationId: id, messageId: id, taskId: id }),
  }),
  'label:created': event({ summary: 'A label was added', on: ['workspace'], data: label }),
  'label:updated': event({ summary: 'A label was renamed or recoloured', on: ['workspace'], data: label }),
  'label:deleted': event({
    summary: 'A label was deleted; no task carries it any more',
    on: ['workspace', 'user'],
    data: z.object({ workspaceId: id, labelId: id }),
  }),
  'label:all': event({
    summary: 'The labels of a workspace as I see them from now on',
    on: ['user'],
    data: z.object({ workspaceId: id, labels: z.array(label) }),
  }),
} as const;
