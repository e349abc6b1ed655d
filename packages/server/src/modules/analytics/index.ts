import type { Database } from '../../platform/database/index.ts';
import type { Module, OperationExecutor } from '../../platform/module/index.ts';
import { analyticsTables } from './lifecycle.ts';
import { analyticsListeners } from './listeners.ts';
import { countAll, countMessages } from './messages/job.ts';
import { completionParts } from './personal-data.ts';
import { preferenceOperations } from './preferences/operations.ts';
import { readingOperations } from './reading/operations.ts';
import { workspaceFile } from './workspace/file.ts';
import { workspaceOperation } from './workspace/operations.ts';

export { messagesSince } from './messages/count-store.ts';

const MINUTE_MS = 60_000;

/** What people and workspaces have done, by day, week and category. */
export function analyticsModule(deps: {
  clock: { now(): Date };
  database: Pick<Database, 'transaction'>;
  execute: OperationExecutor['execute'];
}): Module {
  return {
    name: 'analytics',
    operations: [...readingOperations(), workspaceOperation, ...preferenceOperations],
    on: analyticsListeners,
    tables: analyticsTables,
    personalData: completionParts,
    contents: [workspaceFile(deps)],
    jobs: [countMessages.handledBy(countAll(deps))],
    periodic: [{ job: countMessages, everyMs: MINUTE_MS }],
  };
}
