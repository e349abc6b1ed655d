import { z } from 'zod';
import type { Database } from '../../platform/database/index.ts';
import { defineJob } from '../../platform/jobs/index.ts';
import type { Connections } from '../../platform/live/index.ts';
import type { Log } from '../../platform/log/index.ts';
import type { Module, Registry, Transact } from '../../platform/module/index.ts';
import type { CurrentDeps } from './counters/current.ts';
import { historyOperation } from './counters/history-operations.ts';
import { startSampling, tidySamples } from './counters/samples.ts';
import { watchOperations } from './counters/watch-operations.ts';
import { doctorOperation, type RunDoctor } from './doctor/operations.ts';
import { notifyOfGivenUpJob } from './given-up-jobs.ts';
import { workspaceOperations } from './workspaces/operations.ts';

const HOUR_MS = 3_600_000;
const tidyJob = defineJob('administration.tidy', z.strictObject({}));

/** Administration of the instance. */
export function administrationModule(deps: {
  clock: { now(): Date };
  connections: Connections;
  database: Pick<Database, 'db'>;
  dataDir: string;
  defaultTimezone: string;
  doctor: RunDoctor;
  /** The file quota of a workspace. */
  fileQuotaBytes: number;
  jobCounts: CurrentDeps['jobCounts'];
  log: Log;
  modules: Pick<Registry, 'service'>;
  transact: Transact;
}): Module {
  const { connections, log } = deps;
  const presence = deps.modules.service('presence');
  const sources: CurrentDeps = {
    ...deps,
    db: deps.database.db,
    sockets: () => connections.totalOfNodes(),
    online: () => presence().online(),
  };
  return {
    name: 'administration',
    operations: [
      ...watchOperations({ ...sources, connections, log }),
      historyOperation,
      doctorOperation(deps.doctor),
      ...workspaceOperations(deps),
    ],
    jobs: [tidyJob.handledBy(() => tidySamples(sources))],
    jobGivenUp: (job) => notifyOfGivenUpJob(deps.transact, job),
    periodic: [{ job: tidyJob, everyMs: HOUR_MS }],
    start: () => startSampling({ ...sources, log }),
  };
}
