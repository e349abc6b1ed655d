import { z } from 'zod';
import type { Clock } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/database/index.ts';
import { defineJob } from '../../platform/jobs/index.ts';
import type { Module, OperationExecutor, Transact } from '../../platform/module/index.ts';
import { postHandler } from './delivering/post.ts';
import { remindHandler } from './delivering/remind.ts';
import { completeDigests } from './digest/complete.ts';
import { digestListeners } from './digest/listeners.ts';
import { digestHandler } from './digest/send.ts';
import { dueHandlers } from './due/announce.ts';
import { dueListeners } from './due/listeners.ts';
import { reminderParts } from './export/personal-data.ts';
import { inTurn } from './in-turn.ts';
import { reminderTables } from './lifecycle.ts';
import { reminderListeners } from './listeners.ts';
import { reminderOperations } from './operations/operations.ts';
import { reminderCommands } from './slash/commands.ts';
import { reminderAccess, reminderHolds } from './view/access.ts';
import { reminderRenderers } from './view/events.ts';
import { remindersOf } from './view/snapshot.ts';

export { type ReminderCounts, reminderCounts } from './rows/reminder-store.ts';

const HOUR_MS = 3_600_000;
const completeJob = defineJob('reminders.digests', z.strictObject({}));

/** Reminders, notifications about due tasks, and the morning digest. */
export function remindersModule(deps: {
  appUrl: string;
  clock: Pick<Clock, 'now'>;
  database: Database;
  execute: OperationExecutor['execute'];
  transact: Transact;
}): Module {
  return {
    name: 'reminders',
    operations: reminderOperations,
    access: reminderAccess,
    holds: reminderHolds,
    renderers: reminderRenderers,
    snapshot: { reminders: remindersOf },
    deliveries: [remindHandler, postHandler(deps), ...dueHandlers, digestHandler(deps.appUrl)],
    on: inTurn(reminderListeners, dueListeners, digestListeners),
    tables: reminderTables,
    personalData: reminderParts,
    slashCommands: reminderCommands(deps),
    jobs: [completeJob.handledBy((_, { signal }) => completeDigests(deps, signal))],
    periodic: [{ job: completeJob, everyMs: HOUR_MS }],
  };
}
