import { taskComments } from '@atrium/protocol';
import { command, cutPage, type Implementation, idPage, problem, read } from '../../../platform/module/index.ts';
import { lockForChange } from '../changes/lock.ts';
import { commentPage, commentsById, deleteComment, updateComment } from '../rows/comment-store.ts';
import { manages, type TaskFacts } from '../rows/policy.ts';
import { presentComment } from '../rows/present.ts';
import type { TaskCommentRow } from '../rows/tables.ts';
import { commentStreams, publishTask } from '../view/publish.ts';
import { peopleSeen } from '../view/state.ts';
import { addComment, membersMentioned, publishMentions } from './add-comment.ts';

const isMember = (facts: TaskFacts) => facts.isMember;

/** Operations on comments of tasks. */
export const commentOperations: readonly Implementation[] = [
  read(taskComments.list, async ({ db, input, actor }) => {
    const page = idPage(input);
    const { rows, nextCursor } = cutPage(await commentPage(db, input.taskId, page), page, ({ id }) => id);
    const named = rows.flatMap(({ author_id, mentions }) => [author_id, ...mentions]);
    return { items: rows.map(presentComment), nextCursor, people: await peopleSeen(db, actor.userId, named) };
  }),

  command(taskComments.add, async (context) => {
    const { tx, actor, input, subject } = context;
    const { task } = await lockForChange(tx, { userId: actor.userId, task: subject.task, permits: isMember });
    return presentComment((await addComment(context, task, input.content)).comment);
  }),

  command(taskComments.update, async (context) => {
    const { tx, actor, append, input, now, subject } = context;
    const { task } = await lockForChange(tx, { userId: actor.userId, task: subject.task, permits: isMember });
    const before = (await commentsById(tx, [input.commentId])).get(input.commentId);
    if (before?.task_id !== task.id) throw problem('not_found');
    if (before.author_id !== actor.userId) throw problem('forbidden');
    if (before.content === input.content) return presentComment(before);
    const mentions = await membersMentioned(context, task, input.content);
    const after: TaskCommentRow = { ...before, content: input.content, mentions, edited_at: now };
    await updateComment(tx, after.id, after);
    for (const stream of commentStreams(task)) append(stream, 'task:commentUpdated', { commentId: after.id });
    const added = mentions.filter((id) => !before.mentions.includes(id));
    await publishMentions(context, task, after, added);
    return presentComment(after);
  }),

  command(taskComments.delete, async (context) => {
    const { tx, actor, append, input, subject } = context;
    const change = { userId: actor.userId, task: subject.task, permits: () => true };
    const { task, facts } = await lockForChange(tx, change);
    const comment = (await commentsById(tx, [input.commentId])).get(input.commentId);
    if (comment?.task_id !== task.id) throw problem('not_found');
    if (comment.author_id !== actor.userId && !manages(facts)) throw problem('forbidden');
    await deleteComment(tx, comment);
    const data = { taskId: task.id, commentId: comment.id };
    for (const stream of commentStreams(task)) append(stream, 'task:commentDeleted', data);
    await publishTask(context, task);
    return {};
  }),
];
