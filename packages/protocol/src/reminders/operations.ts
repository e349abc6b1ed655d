import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, id, instant, limit, nothing, page, version } from '../core/primitives.ts';
import {
  beforeDue,
  localTime,
  reminder,
  reminderMessage,
  reminderRule,
  reminderStatus,
  reminderType,
} from './reminder.ts';

const future = instant.meta({ description: 'In the future, within 5 years' });

/** When it comes: exactly one of them. */
const times = {
  scheduledAt: future.optional(),
  localTime: localTime.optional(),
  before: beforeDue.optional().meta({ description: 'Only with `taskId`: moves with the due date of the task' }),
};

const one = z.strictObject({ reminderId: id });

/** Reminders about tasks, messages or nothing but words. */
export const reminders = operationGroup('reminders', {
  create: operation({
    summary: 'Create a reminder',
    description: [
      'When it comes is said by exactly one of `scheduledAt`, `localTime` and `before`.',
      'It is about a task, a message, or nothing but its words.',
      'With `userId` it reminds somebody whom you see; with `conversationId` it is posted there, by you.',
      'A day without a time counts as due at 09:00 in your time zone.',
    ].join(' '),
    method: 'POST',
    path: '/reminders',
    access: 'user',
    limit: 'user',
    example: { message: 'Call Charles', scheduledAt: '2030-01-01T09:00:00.000Z' },
    input: z.strictObject({
      taskId: id.optional(),
      messageId: id.optional(),
      userId: id.optional(),
      conversationId: id.optional(),
      message: reminderMessage.default('').meta({ description: 'Required unless it is about a task or a message' }),
      type: reminderType.default('both'),
      ...times,
      recurrence: reminderRule.optional(),
    }),
    output: reminder,
    status: 201,
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
  list: operation({
    summary: 'List your reminders',
    description: 'Those that remind you, and those that you created. Open ones by time, others most recent first.',
    method: 'GET',
    path: '/reminders',
    access: 'user',
    limit: 'user',
    input: z.strictObject({ status: reminderStatus.default('open'), limit, cursor: cursor.optional() }),
    output: page(reminder),
  }),
  ofTask: operation({
    summary: 'List your reminders about a task',
    description: 'Newest first.',
    method: 'GET',
    path: '/tasks/:taskId/reminders',
    access: 'task:reader',
    limit: 'user',
    input: z.strictObject({ taskId: id, limit, cursor: cursor.optional() }),
    output: page(reminder),
  }),
  get: operation({
    summary: 'Get a reminder',
    method: 'GET',
    path: '/reminders/:reminderId',
    access: 'reminder:party',
    limit: 'user',
    input: one,
    output: reminder,
  }),
  update: operation({
    summary: 'Change a reminder',
    description: 'What is left out stays as it is. A new time ends a snooze.',
    method: 'PATCH',
    path: '/reminders/:reminderId',
    access: 'reminder:party',
    limit: 'user',
    example: { message: 'Write to Charles' },
    input: one.extend({
      message: reminderMessage.optional(),
      type: reminderType.optional(),
      ...times,
      recurrence: reminderRule.nullable().optional().meta({ description: 'null: it does not come back' }),
      version: version.optional(),
    }),
    output: reminder,
    errors: ['version_conflict', 'conflict', 'not_found'],
  }),
  snooze: operation({
    summary: 'Snooze a reminder',
    description: 'It comes at another time instead; a recurring one comes once more, and goes on as before.',
    method: 'POST',
    path: '/reminders/:reminderId/snooze',
    access: 'reminder:recipient',
    limit: 'user',
    input: one.extend({ until: future }),
    output: reminder,
    errors: ['conflict'],
  }),
  complete: operation({
    summary: 'Complete a reminder',
    description: 'Nothing more is sent of it; a recurring one ends.',
    method: 'POST',
    path: '/reminders/:reminderId/complete',
    access: 'reminder:recipient',
    limit: 'user',
    input: one,
    output: reminder,
  }),
  delete: operation({
    summary: 'Delete a reminder',
    method: 'DELETE',
    path: '/reminders/:reminderId',
    access: 'reminder:party',
    limit: 'user',
    input: one,
    output: nothing,
  }),
});
