import { z } from 'zod';
import type { Clock } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/database/index.ts';
import { defineJob } from '../../platform/jobs/index.ts';
import type { RoomConnections } from '../../platform/live/index.ts';
import type { Log } from '../../platform/log/index.ts';
import { gauge } from '../../platform/metrics/index.ts';
import type { Module, Transact } from '../../platform/module/index.ts';
import type { StreamHub } from '../../platform/stream/index.ts';
import { tasksById } from '../tasks/index.ts';
import {
  countRunning,
  deleteWorkspaceTime,
  keepNames,
  markClockJump,
  timeParts,
  timeTables,
} from '../time-entries/index.ts';
import { entryOperations } from './entries/operations.ts';
import { LastActions } from './forgotten/actions.ts';
import { deleteLastAction } from './forgotten/store.ts';
import { sweepTimers } from './forgotten/sweep.ts';
import { timerTables } from './lifecycle.ts';
import { periodOperations } from './periods/operations.ts';
import { rateOperations } from './rate-operations.ts';
import { deletePeriodsOf } from './rows/period-store.ts';
import { sessionOperations } from './sessions/operations.ts';
import { stopAll, stopInWorkspace } from './sessions/stop-all.ts';
import { timerCommands } from './slash-commands.ts';
import { timerAccess, timerHolds } from './view/access.ts';
import { timersStateOf } from './view/state.ts';
import { watchOperations } from './watching/operations.ts';
import { createWatcher } from './watching/watcher.ts';

const sweepJob = defineJob('timers.sweep', z.strictObject({}));

/** Shared live timers of tasks, and their time entries. */
export function timersModule(deps: {
  clock: Pick<Clock, 'now' | 'onJump'>;
  connections: RoomConnections;
  database: Database;
  log: Log;
  streams: Pick<StreamHub, 'follow' | 'unfollow'>;
  transact: Transact;
}): Module {
  const { clock, connections, database, log } = deps;
  const watcher = createWatcher({ ...deps, rooms: connections.rooms });
  const actions = new LastActions(deps.database);
  return {
    name: 'timers',
    operations: [
      ...sessionOperations,
      ...watchOperations(connections),
      ...entryOperations,
      ...rateOperations,
      ...periodOperations,
    ],
    access: timerAccess,
    holds: timerHolds,
    snapshot: { timers: timersStateOf },
    slashCommands: timerCommands,
    on: {
      'task:completed': (work, { task }) => stopAll(work, [task.id], 'task_completed'),
      'task:trashed': (work, { tasks }) =>
        stopAll(
          work,
          tasks.map(({ id }) => id),
          'task_deleted',
        ),
      'task:memberRemoved': (work, { task, userId }) => stopAll(work, [task.id], 'member_removed', userId),
      'workspace:roleChanged': async (work, { workspaceId, userId, role }) => {
        if (role === 'customer') await stopInWorkspace(work, workspaceId, userId, 'role_changed');
      },
      'task:removing': async ({ tx }, { taskIds }) => keepNames(tx, [...(await tasksById(tx, taskIds)).values()]),
      'account:erasing': ({ tx }, { userId }) => deleteLastAction(tx, userId),
      'workspace:deleting': async ({ tx }, { workspaceId }) => {
        await deletePeriodsOf(tx, workspaceId);
        await deleteWorkspaceTime(tx, workspaceId);
      },
    },
    metrics: [
      gauge('atrium_timers_running', 'Timers that are running, on all nodes.', () => countRunning(deps.database.db)),
    ],
    tables: { ...timeTables, ...timerTables },
    personalData: timeParts,
    commanded: (userId, operation, at) => actions.note(userId, operation, at),
    jobs: [sweepJob.handledBy(() => actions.save().then(() => sweepTimers(deps)))],
    periodic: [{ job: sweepJob, everyMs: 60_000 }],
    start() {
      clock.onJump((jump) => {
        markClockJump(database.db, jump).catch((error: unknown) =>
          log.error({ err: error }, 'could not mark the timers that ran while the clock jumped'),
        );
      });
      const stopTicking = watcher.start();
      const stopSaving = actions.start((error) => log.warn({ err: error }, 'could not save when people last acted'));
      return async () => {
        stopTicking();
        await stopSaving();
      };
    },
  };
}
