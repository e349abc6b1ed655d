import { tasks } from '@atrium/protocol';
import { command, type Implementation, problem } from '../../../platform/module/index.ts';
import { personalWorkspaceOf } from '../../workspaces/index.ts';
import { createTask, newTaskOf } from '../changes/create-task.ts';
import { answerFor } from '../view/state.ts';

/** Creates tasks. */
export const createOperation: Implementation = command(
  tasks.create,
  async (context) => {
    const { workspaceId: named, ...input } = context.input;
    const workspaceId = named ?? (await personalWorkspaceOf(context.tx, context.actor.userId));
    if (workspaceId === undefined) throw problem('not_found');
    return answerFor(context.tx, context.actor.userId, await createTask(context, newTaskOf(workspaceId, input)));
  },
  { lock: 'itself' },
);
