import { problem, type Work } from '../../../platform/module/index.ts';
import { lockConversations, mustBeMember, mustReadMessage } from '../../chat/index.ts';
import { activeUser } from '../../identity/index.ts';
import { type FullTask, lockForChange, taskById } from '../../tasks/index.ts';
import { holdMemberships, seenBy } from '../../workspaces/index.ts';
import type { ReminderRow } from '../rows/tables.ts';
import { type Due, refuse } from '../timing/timing.ts';

/** The subject of a reminder, and its recipient. */
export interface WantedSubject {
  taskId?: string | undefined;
  messageId?: string | undefined;
  userId?: string | undefined;
  conversationId?: string | undefined;
}

type Columns = Pick<ReminderRow, 'workspace_id' | 'task_id' | 'message_id' | 'conversation_id'>;

/** The columns of the subject, and the due date of the task. */
export interface Subject {
  columns: Columns;
  due: Due | undefined;
}

const NOTHING: Columns = { workspace_id: null, task_id: null, message_id: null, conversation_id: null };

/** The due date of a task. */
export const dueOf = ({ due_at: at, due_on: on }: Pick<FullTask, 'due_at' | 'due_on'>): Due => ({ at, on });

/** Keeps the accounts of the creator and the recipient until the transaction ends. */
async function holdPeople({ tx }: Pick<Work, 'tx'>, creatorId: string, wantedId = creatorId): Promise<void> {
  for (const id of [...new Set([creatorId, wantedId])].sort()) {
    const user = await activeUser(tx, id);
    if (user === undefined || (user.isBot && id !== creatorId)) {
      throw problem(id === creatorId ? 'invalid_token' : 'not_found');
    }
  }
}

/** Keeps a conversation and its members unchanged until the transaction ends. */
async function inConversation(
  { tx }: Pick<Work, 'tx'>,
  userId: string,
  { id, workspace_id: workspaceId }: { id: string; workspace_id: string },
): Promise<Pick<Columns, 'workspace_id' | 'conversation_id'>> {
  await holdMemberships(tx, workspaceId, [userId]);
  await lockConversations(tx, [id]);
  return { workspace_id: workspaceId, conversation_id: id };
}

/**
 * Loads and locks the subject of a reminder: the person may see it, and keeps access until the transaction ends.
 * @throws `not_found`, `forbidden`, `invalid_input`
 */
export async function holdSubject(work: Pick<Work, 'tx'>, userId: string, wanted: WantedSubject): Promise<Subject> {
  const { tx } = work;
  const { conversationId, messageId, taskId } = wanted;
  if ([taskId, messageId, conversationId].filter((id) => id !== undefined).length > 1) {
    refuse('taskId', 'one_subject', 'is about a task or a message, or posted in a conversation');
  }
  if (wanted.userId !== undefined && wanted.userId !== userId) {
    if (conversationId !== undefined) refuse('userId', 'unexpected', 'reminds a person, or is posted');
    if ((await seenBy(tx, userId, [wanted.userId])).length === 0) throw problem('not_found');
  }
  if (taskId !== undefined) {
    const task = await taskById(tx, taskId);
    if (task === undefined) throw problem('not_found');
    await holdMemberships(tx, task.workspace_id, [userId]);
    await holdPeople(work, userId, wanted.userId);
    const locked = (await lockForChange(tx, { userId, task, permits: () => true })).task;
    if (locked.status === 'completed') throw problem('conflict', 'The task is completed.');
    return { columns: { ...NOTHING, workspace_id: locked.workspace_id, task_id: locked.id }, due: dueOf(locked) };
  }
  if (messageId !== undefined) {
    const input = { messageId };
    const { conversation } = await mustReadMessage(tx, { userId }, input);
    const place = await inConversation(work, userId, conversation);
    await holdPeople(work, userId, wanted.userId);
    const { message } = await mustReadMessage(tx, { userId }, input);
    if (message.deleted_at !== null) throw problem('not_found');
    return { columns: { ...NOTHING, ...place, message_id: message.id }, due: undefined };
  }
  if (conversationId !== undefined) {
    const input = { conversationId };
    const { conversation } = await mustBeMember(tx, { userId }, input);
    const place = await inConversation(work, userId, conversation);
    await holdPeople(work, userId);
    await mustBeMember(tx, { userId }, input);
    return { columns: { ...NOTHING, ...place }, due: undefined };
  }
  await holdPeople(work, userId, wanted.userId);
  return { columns: NOTHING, due: undefined };
}
