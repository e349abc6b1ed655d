import { type TaskCard, tasks, workspaceRole } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import {
  command,
  type Implementation,
  problem,
  type Registry,
  read,
  type Services,
} from '../../../platform/module/index.ts';
import { messagesById } from '../../chat/index.ts';
import { createTask, newTaskOf } from '../changes/create-task.ts';
import { visibleOfWhich } from '../rows/member-store.ts';
import { isStaff } from '../rows/policy.ts';
import { sourcedTaskIds } from '../rows/source-store.ts';
import type { FullTask } from '../rows/tables.ts';
import { tasksById } from '../rows/task-store.ts';
import { answerFor } from '../view/state.ts';
import { taskAddresses } from './address.ts';

/** The time spent on a task: how many timers run, and the total in milliseconds. */
export interface TaskTime {
  runningCount: number;
  totalMs: number;
}

declare module '../../../platform/module/index.ts' {
  interface Services {
    /** The time spent on tasks at an instant, by id; those without any may be missing. */
    taskTimes(db: Executor, taskIds: readonly string[], now: Date): Promise<ReadonlyMap<string, TaskTime>>;
  }
}

const staffRoles = workspaceRole.options.filter(isStaff);
const TITLE = { shortest: 3, longest: 200 };

/** The beginning of a message as the title of a task. Throws `invalid_input` where it is too short for one. */
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

function cardOf(task: FullTask, time: TaskTime | undefined): TaskCard {
  return {
    taskId: task.id,
    title: task.title,
    status: task.status,
    dueAt: task.due_at?.toISOString() ?? null,
    dueOn: task.due_on,
    runningCount: time?.runningCount ?? 0,
    totalMs: time?.totalMs ?? 0,
  };
}

/** Tasks and the messages that they come from, or that name them. */
export function cardOperations(deps: { appUrl: string; modules: Pick<Registry, 'all'> }): Implementation[] {
  const addressesIn = taskAddresses(deps.appUrl);
  const timesOf: Services['taskTimes'] = async (...args) => {
    const service = deps.modules.all().find(({ services }) => services?.taskTimes !== undefined)?.services?.taskTimes;
    return service === undefined ? new Map() : service(...args);
  };

  return [
    command(tasks.fromMessage, async (context) => {
      const { input, subject, append, tx, actor } = context;
      const { messageId, title, ...fields } = input;
      const { message, conversation } = subject;
      if (message.deleted_at !== null) throw problem('conflict', 'The message was deleted.');
      const wanted = newTaskOf(conversation.workspace_id, { ...fields, title: title ?? titleFrom(message.content) });
      const source = { conversationId: conversation.id, messageId };
      const created = await createTask(context, { ...wanted, source });
      append(`conversation:${conversation.id}`, 'message:task', { ...source, taskId: created.task.id });
      return answerFor(tx, actor.userId, created);
    }),

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
      // Nobody learns of a task that they do not see, not even that it exists.
      const visible = await visibleOfWhich(db, actor.userId, named, staffRoles);
      const found = await tasksById(db, visible);
      const times = await timesOf(db, visible, now);
      const items = links.flatMap(({ messageId, taskId }) => {
        const task = found.get(taskId);
        return task === undefined ? [] : [{ messageId, card: cardOf(task, times.get(taskId)) }];
      });
      return { items, nextCursor: null };
    }),
  ];
}
