import type { InputNamed } from '@atrium/client';
import type { Label, TaskState } from '@atrium/protocol';
import { t } from '@lingui/core/macro';
import { problemText } from '../../i18n/problems.ts';
import { client } from '../../live/client.ts';
import { showPatch } from '../../live/overlay.ts';
import { perform } from '../../live/perform.ts';
import { showToast } from '../../ui/toast/toasts.ts';

/** How long deleting can be undone in the corner of the screen; from the trash it can be undone for 30 days. */
const UNDO_MS = 8_000;

type Changes = Omit<InputNamed<'tasks.update'>, 'taskId'>;

/**
 * Changes fields of a task; shown immediately, sent as soon as there is a connection, reverted if it is refused.
 * @returns false if it was refused, which the user was told
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

/** Completes a task, or reopens it. */
export const completeTask = (task: Pick<TaskState, 'id'>, isDone: boolean) =>
  changeTask(task, { status: isDone ? 'completed' : 'todo' });

/** Adds a task. @returns its id; undefined if it was refused, which the user was told */
export async function addTask(input: InputNamed<'tasks.create'>): Promise<string | undefined> {
  try {
    return (await client.call('tasks.create', input)).id;
  } catch (error) {
    refused(t`The task was not added`, error);
    return undefined;
  }
}

/** Moves a task to the trash, with a button to undo it. @returns false if it was refused */
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

/** Assigns a task to a person, or removes them from it. */
export async function setMember({ id }: Pick<TaskState, 'id'>, userId: string, isMember: boolean): Promise<void> {
  try {
    await client.call(isMember ? 'tasks.addMember' : 'tasks.removeMember', { taskId: id, userId });
  } catch (error) {
    refused(t`The members were not changed`, error);
  }
}

/** Told apart in both themes. New labels get them in turn. */
const LABEL_COLORS = ['#2f7d8c', '#b4532a', '#4f7f3d', '#8a5a9e', '#a87a12', '#b03a48', '#4667b0', '#6b7280'] as const;

/**
 * Adds a label to a workspace. Throws AtriumError.
 * @param count the number of labels so far
 */
export async function addLabel(workspaceId: string, name: string, count: number): Promise<Label> {
  const color = LABEL_COLORS[count % LABEL_COLORS.length] ?? LABEL_COLORS[0];
  return client.call('labels.create', { workspaceId, name, color });
}

/** Comments on a task. @returns false if it was refused: the text must then be kept */
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
