import type { Executor } from '../../../platform/database/index.ts';
import { ProblemError } from '../../../platform/module/index.ts';
import { messagesById, mustBeReader } from '../../chat/index.ts';
import { type FullTask, taskById, taskFor } from '../../tasks/index.ts';
import { seenBy } from '../../workspaces/index.ts';
import type { ReminderRow } from '../rows/tables.ts';

/** The subject of a reminder, as the recipient sees it now. */
export interface Found {
  task?: FullTask;
  /** The position of the message, unless it was deleted. */
  message?: { conversationId: string; seq: number };
}

const isRefusal = (error: unknown) =>
  error instanceof ProblemError && (error.code === 'not_found' || error.code === 'forbidden');

async function find(db: Executor, row: ReminderRow): Promise<Found> {
  const { account_id: userId, conversation_id: conversationId, message_id: messageId, task_id: taskId } = row;
  if (taskId !== null) return { task: (await taskFor(db, userId, await taskById(db, taskId))).task };
  if (conversationId === null) return {};
  await mustBeReader(db, { userId }, { conversationId });
  const message = messageId === null ? undefined : (await messagesById(db, [messageId])).get(messageId);
  return message === undefined || message.deleted_at !== null ? {} : { message: { conversationId, seq: message.seq } };
}

/** Loads the subject of a reminder; undefined if the recipient or the creator may no longer see it. */
export async function findSubject(db: Executor, row: ReminderRow): Promise<Found | undefined> {
  const { account_id: userId, created_by: creatorId } = row;
  if (userId !== creatorId && (await seenBy(db, userId, [creatorId])).length === 0) return undefined;
  try {
    return await find(db, row);
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}
