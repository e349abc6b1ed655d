import { sizes } from '@atrium/protocol';
import { problem } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { mentionedIds, parseMentions } from '../../chat/index.ts';
import { insertComment } from '../rows/comment-store.ts';
import type { FullTask, TaskCommentRow } from '../rows/tables.ts';
import type { TaskWork } from '../rows/work.ts';
import { commentStreams, publishTask } from '../view/publish.ts';

/** The members of a task that a text mentions by username; @channel and @here mention all of them. */
export async function membersMentioned(
  { tx }: Pick<TaskWork, 'tx'>,
  task: FullTask,
  content: string,
): Promise<string[]> {
  const mentioned = parseMentions(content);
  if (mentioned === undefined) return [];
  if (mentioned.scope !== null) return task.member_ids;
  const called = new Set(await mentionedIds(tx, mentioned));
  return task.member_ids.filter((id) => called.has(id));
}

/** Notifies people whom a comment mentions, except its author. */
export async function publishMentions(
  context: TaskWork,
  task: FullTask,
  { id: commentId, author_id: authorId }: Pick<TaskCommentRow, 'id' | 'author_id'>,
  mentioned: readonly string[],
): Promise<void> {
  const userIds = mentioned.filter((id) => id !== authorId);
  if (userIds.length === 0) return;
  const data = { taskId: task.id, workspaceId: task.workspace_id, commentId, authorId };
  for (const userId of userIds) context.append(`user:${userId}`, 'task:mentioned', data);
  await context.tell('task:mentioned', { task, commentId, authorId, userIds });
}

/** Adds a comment to a locked task. Throws `conflict` if it has the maximum number. */
export async function addComment(
  context: TaskWork,
  task: FullTask,
  content: string,
): Promise<{ task: FullTask; comment: TaskCommentRow }> {
  const { tx, append, actor, now } = context;
  if (task.comment_count >= sizes.taskComments) {
    throw problem('conflict', `A task has at most ${sizes.taskComments} comments.`);
  }
  const mentions = await membersMentioned(context, task, content);
  const comment = {
    id: newId(),
    task_id: task.id,
    author_id: actor.userId,
    content,
    mentions,
    created_at: now,
    edited_at: null,
  };
  await insertComment(tx, comment);
  const counted = { ...task, comment_count: task.comment_count + 1 };
  for (const stream of commentStreams(counted)) append(stream, 'task:commented', { commentId: comment.id });
  await publishTask(context, counted);
  await publishMentions(context, counted, comment, mentions);
  return { task: counted, comment };
}
