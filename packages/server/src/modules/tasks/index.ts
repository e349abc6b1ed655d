import type { Module } from '../../platform/module/index.ts';
import './rows/hooks.ts';
import { commentOperations } from './comments/comment-operations.ts';
import { labelOperations } from './labels/label-operations.ts';
import { taskTables } from './lifecycle.ts';
import { listOperation } from './list/operations.ts';
import { createOperation } from './operations/create-operations.ts';
import { memberOperations } from './operations/member-operations.ts';
import { moveOperation } from './operations/move-operations.ts';
import { readOperations } from './operations/read-operations.ts';
import { trashOperations } from './operations/trash-operations.ts';
import { updateOperation } from './operations/update-operations.ts';
import { taskAccess } from './view/access.ts';
import { taskAudience } from './view/audience.ts';
import { taskRenderers } from './view/events.ts';
import { labelsOfPerson } from './view/snapshot.ts';
import { taskStatesOf } from './view/state.ts';
import { taskListeners } from './workspace-hooks.ts';

/** Tasks, their board, comments and labels. */
export function tasksModule(): Module {
  return {
    name: 'tasks',
    operations: [
      createOperation,
      listOperation,
      ...readOperations,
      updateOperation,
      moveOperation,
      ...trashOperations,
      ...memberOperations,
      ...commentOperations,
      ...labelOperations,
    ],
    access: taskAccess,
    audiences: [taskAudience],
    renderers: taskRenderers,
    snapshot: { tasks: taskStatesOf, labels: labelsOfPerson },
    on: taskListeners,
    tables: taskTables,
  };
}
