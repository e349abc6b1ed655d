import { type TaskCard, type TaskTimer, tasks, totalAt, workspaceRole } from '@atrium/protocol';
import { command, type Implementation, problem, read } from '../../../platform/module/index.ts';
import { messagesById } from '../../chat/index.ts';
import { noTime, timersOf } from '../../time-entries/index.ts';
import { createTask, newTaskOf } from '../changes/create-task.ts';
import { visibleOfWhich } from '../rows/member-store.ts';
import { isStaff } from '../rows/policy.ts';
import { sourcedTaskIds } from '../rows/source-store.ts';
import type { FullTask } from '../rows/tables.ts';
import { tasksById } from '../rows/task-store.ts';
import { answerFor } from '../view/state.ts';
import { taskAddresses } from './address.ts';

const staffRoles = workspaceRole.options.filter(isStaff);
const TITLE = { shortest: 3, longest: 200 };

/** The beginning of a message as a task title. Throws `invalid_input` if it is too short. */
function titleFrom(content: string): string {
  const line = content.replace(/[\p{Cc}\s\u2028\u2029]+/gu, ' ').trim();
  const characters = [...line];
  if (characters.length < TITLE.shortest) {
    const errors = [{ path: 'title', code: 'required', message: 'the message is too short to be a title' }];
    throw problem('invalid_input', { errors });
  }
  if (characters.length <= TITLE.longest) return line;
  return `${characters
    .slice(0, TITLE.longest - 1)
    .join('')
    .trimEnd()}…`;
}

function cardOf(task: FullTask, timer: TaskTimer, now: Date): TaskCard {
  return {
    taskId: task.id,
    title: task.title,
    status: task.status,
    dueAt: task.due_at?.toISOString() ?? null,
    dueOn: task.due_on,
    runningCount: timer.running.length,
    totalMs: Math.round(totalAt(timer, now.getTime())),
  };
}

/** Operations on tasks that were created from messages, or are linked in them. */
export function cardOperations(deps: { appUrl: string }): Implementation[] {
  const addressesIn = taskAddresses(deps.appUrl);

  return [
    command(
      tasks.fromMessage,
      async (context) => {
        const { input, subject, append, tx, actor } = context;
        const { messageId, title, ...fields } = input;
        const { message, conversation } = subject;
        if (message.deleted_at !== null) throw problem('conflict', 'The message was deleted.');
        const wanted = newTaskOf(conversation.workspace_id, { ...fields, title: title ?? titleFrom(message.content) });
        const source = { conversationId: conversation.id, messageId };
        const created = await createTask(context, { ...wanted, source });
        append(`conversation:${conversation.id}`, 'message:task', { ...source, taskId: created.task.id });
        return answerFor(tx, actor.userId, created);
      },
      { people: ({ memberIds }) => memberIds },
    ),

    read(tasks.ofMessages, async ({ db, actor, input, now }) => {
      const messages = [...(await messagesById(db, input.messageIds)).values()].filter(
        (message) => message.conversation_id === input.conversationId && message.deleted_at === null,
      );
      const sourced = await sourcedTaskIds(
        db,
        messages.map(({ id }) => id),
      );
      const links = messages.flatMap(({ id, content }) =>
        [...new Set([...(sourced.get(id) ?? []), ...addressesIn(content)])].map((taskId) => ({
          messageId: id,
          taskId,
        })),
      );
      const named = [...new Set(links.map(({ taskId }) => taskId))];
      // Tasks that the caller does not see are left out: their existence is not revealed.
      const visible = await visibleOfWhich(db, actor.userId, named, staffRoles);
      const found = await tasksById(db, visible);
      const timers = await timersOf(db, visible);
      const items = links.flatMap(({ messageId, taskId }) => {
        const task = found.get(taskId);
        return task === undefined ? [] : [{ messageId, card: cardOf(task, timers.get(taskId) ?? noTime, now) }];
      });
      return { items, nextCursor: null };
    }),
  ];
}
