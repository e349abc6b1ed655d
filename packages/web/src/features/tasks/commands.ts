import type { InputNamed } from '@atrium/client';
import type { TaskState } from '@atrium/protocol';
import { t } from '@lingui/core/macro';
import { problemText } from '../../i18n/problems.ts';
import { client } from '../../live/client.ts';
import { showPatch } from '../../live/overlay.ts';
import { perform } from '../../live/perform.ts';
import { showToast } from '../../ui/toast/toasts.ts';

/** How long deleting can be taken back from the corner of the screen; from the trash it can for 30 days. */
const UNDO_MS = 8_000;

type Changes = Omit<InputNamed<'tasks.update'>, 'taskId'>;

/**
 * Changes fields of a task; shown at once, sent as soon as there is a connection, taken back when it is refused.
 * @returns false when it was refused, which the person was told
 */
export async function changeTask({ id }: Pick<TaskState, 'id'>, changes: Changes): Promise<boolean> {
  const shown = showPatch({ thing: `task:${id}`, fields: changes, read: ({ tasks }) => tasks[id] });
  try {
    await perform('tasks.update', { taskId: id, ...changes });
    shown.confirm();
    return true;
  } catch (error) {
    shown.undo();
    refused(t`The task was not changed`, error);
    return false;
  }
}

/** Completes a task, or opens it again. */
export const completeTask = (task: Pick<TaskState, 'id'>, isDone: boolean) =>
  changeTask(task, { status: isDone ? 'completed' : 'todo' });

/** Adds a task. @returns its id; undefined when it was refused, which the person was told */
export async function addTask(input: InputNamed<'tasks.create'>): Promise<string | undefined> {
  try {
    return (await client.call('tasks.create', input)).id;
  } catch (error) {
    refused(t`The task was not added`, error);
    return undefined;
  }
}

/** Puts a task in the trash; it can be taken out again at once. @returns false when it was refused */
export async function deleteTask({ id, title }: Pick<TaskState, 'id' | 'title'>): Promise<boolean> {
  try {
    await client.call('tasks.delete', { taskId: id });
  } catch (error) {
    refused(t`The task was not deleted`, error);
    return false;
  }
  const restore = async () => {
    try {
      await client.call('tasks.restore', { taskId: id });
    } catch (error) {
      refused(t`The task was not restored`, error);
    }
  };
  showToast({
    kind: 'undo',
    title: t`Deleted “${title}”`,
    timeout: UNDO_MS,
    action: { label: t`Undo`, onPress: () => void restore() },
  });
  return true;
}

/** Assigns a task to somebody, or takes them off it. */
export async function setMember({ id }: Pick<TaskState, 'id'>, userId: string, isMember: boolean): Promise<void> {
  try {
    await client.call(isMember ? 'tasks.addMember' : 'tasks.removeMember', { taskId: id, userId });
  } catch (error) {
    refused(t`The members were not changed`, error);
  }
}

/** Comments on a task. @returns false when it was refused: what was typed must stay */
export async function addComment({ id }: Pick<TaskState, 'id'>, content: string): Promise<boolean> {
  try {
    await client.call('taskComments.add', { taskId: id, content });
    return true;
  } catch (error) {
    refused(t`The comment was not added`, error);
    return false;
  }
}

function refused(title: string, error: unknown): void {
  showToast({ kind: 'problem', title, body: problemText(error) });
}
