import './rows/hooks.ts';
import type { Clock } from '../../platform/clock/index.ts';
import type { Module, OperationExecutor, Registry, Transact } from '../../platform/module/index.ts';
import { attachmentOperations } from './attachments/operations.ts';
import { taskFiles } from './attachments/parent.ts';
import { cardOperations } from './cards/operations.ts';
import { commentOperations } from './comments/comment-operations.ts';
import { taskParts } from './export/personal-data.ts';
import { labelOperations } from './labels/label-operations.ts';
import { taskTables } from './lifecycle.ts';
import { listOperation } from './list/operations.ts';
import { bulkOperation } from './operations/bulk-operations.ts';
import { createOperation } from './operations/create-operations.ts';
import { memberOperations } from './operations/member-operations.ts';
import { moveOperation } from './operations/move-operations.ts';
import { readOperations } from './operations/read-operations.ts';
import { trashOperations } from './operations/trash-operations.ts';
import { updateOperation } from './operations/update-operations.ts';
import { taskCommands } from './slash/commands.ts';
import { purgeAll, purgeTrash } from './trash/purge.ts';
import { taskAccess, taskHolds } from './view/access.ts';
import { taskAudience } from './view/audience.ts';
import { taskRenderers } from './view/events.ts';
import { labelsOfPerson } from './view/snapshot.ts';
import { taskStatesOf } from './view/state.ts';
import { taskListeners } from './workspace-hooks.ts';

export { lockForChange } from './changes/lock.ts';
export { type Due, followsStart, isOnRule, nextWallTime, upcomingDueDates } from './recurrence/occurrence.ts';
export { partsOf, type RuleParts, ruleFault, ruleOf } from './recurrence/rule.ts';
export { openTasksDueBy } from './rows/due-store.ts';
export type { TaskChange } from './rows/hooks.ts';
export { latestTaskChanges } from './rows/latest-store.ts';
export { dueTasksOf, openTaskIdsOf } from './rows/member-store.ts';
export { manages, maySee, type TaskFacts, taskCanOf } from './rows/policy.ts';
export { priorityOf } from './rows/present.ts';
export type { FullTask } from './rows/tables.ts';
export { categoriesOf, lockTasks, taskById, tasksById } from './rows/task-store.ts';
export { holdTaskWorkspace, type TaskSubject, taskFor } from './view/access.ts';
export { taskStream } from './view/events.ts';

const HOUR_MS = 3_600_000;

/** Tasks with their board, comments and labels. */
export function tasksModule(deps: {
  appUrl: string;
  clock: Pick<Clock, 'now'>;
  execute: OperationExecutor['execute'];
  modules: Pick<Registry, 'all' | 'service'>;
  transact: Transact;
}): Module {
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
      ...attachmentOperations(deps),
      ...cardOperations(deps),
      bulkOperation(deps),
    ],
    access: taskAccess,
    holds: taskHolds,
    attachmentParents: { task: taskFiles },
    audiences: [taskAudience],
    renderers: taskRenderers,
    snapshot: { tasks: taskStatesOf, labels: labelsOfPerson },
    on: taskListeners,
    tables: taskTables,
    personalData: taskParts,
    slashCommands: taskCommands(deps),
    jobs: [purgeTrash.handledBy(purgeAll(deps))],
    periodic: [{ job: purgeTrash, everyMs: HOUR_MS }],
  };
}
