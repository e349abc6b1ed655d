import { randomUUID } from 'node:crypto';
import { type Api, contract, limits, type Operation, thingLimits } from '@atrium/protocol';
import { accessOf, createModules, type ModuleDeps } from '../modules.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Database } from '../platform/database/index.ts';
import type { JobSystem } from '../platform/jobs/index.ts';
import { createLimiter } from '../platform/limits/index.ts';
import {
  type BackfillCall,
  type BackfillOptions,
  createRegistry,
  createTransact,
  noCookies,
  type RequestInfo,
  type StartBackfill,
  type Work,
} from '../platform/module/index.ts';
import { createExecutor } from '../platform/operations/index.ts';

export interface BackfillDeps {
  /** The dependencies of the server. */
  modules: Omit<ModuleDeps, 'backfill'>;
  addJobs: JobSystem['addJobs'];
}

const HOUR_MS = 3_600_000;

/** The database inside an open transaction; other parts are not available. */
function databaseWithin(database: Database, { tx }: Pick<Work, 'tx'>, now: () => Date): Database {
  return {
    ...database,
    db: tx,
    get pool(): never {
      throw new Error('Within a transaction nothing runs on another connection.');
    },
    transaction: (work) => work(tx),
    now: async () => now(),
  };
}

const unlimited = Object.fromEntries(
  Object.keys({ ...limits, ...thingLimits }).map((name) => [name, { points: 1_000_000, seconds: 1 }]),
);

/**
 * Builds the whole server again on top of an open transaction, with a clock that is set for each call. Events and rows
 * get the time of their call. Nothing is published before the transaction commits: connections then find the events by
 * polling.
 */
export function createBackfill({ modules: deps, addJobs }: BackfillDeps): StartBackfill {
  const start: StartBackfill = (work, { silent = [] } = {}) => {
    let { now } = work;
    const clock: Clock = {
      now: () => now,
      steadyNow: () => now,
      offsetMs: () => 0,
      onJump: () => undefined,
      stop: () => undefined,
    };
    const database = databaseWithin(deps.database, work, clock.now);
    const registry = createRegistry();
    const transact = createTransact({
      database,
      hub: { committed: () => undefined },
      jobs: { addJobs },
      listeners: () =>
        registry.all().flatMap(({ name, on }) => (on === undefined || silent.includes(name) ? [] : [on])),
    });
    const within = {
      ...deps,
      backfill: start,
      isBackfill: true,
      clock,
      database,
      execute: (call: Parameters<ModuleDeps['execute']>[0]) => executor.execute(call),
      limiter: createLimiter(unlimited),
      modules: registry,
      publish: () => undefined,
      transact: ((options, run) => transact({ ...options, begin: async () => now }, run)) as typeof transact,
    };
    const modules = createModules(within);
    registry.fill(modules);
    const executor = createExecutor({
      ...within,
      ...accessOf(modules),
      implementations: modules.flatMap((module) => module.operations),
      unverifiedMay: async () => 'everything',
    });
    const request: RequestInfo = work.request ?? { id: randomUUID(), ip: '', userAgent: '', transport: 'rest' };
    const apiAt = ({ userId, at }: BackfillCall) =>
      apiOf(async (name, input, options) => {
        now = at;
        const expiresAt = new Date(deps.clock.now().getTime() + HOUR_MS);
        const session = { sessionId: randomUUID(), role: 'user', emailVerified: true, expiresAt } as const;
        const actor = { kind: 'user', userId, ...session } as const;
        const call = { name, input, actor, request, cookies: noCookies, files: options?.files };
        return (await executor.execute(call)).data;
      });
    return apiAt;
  };
  return start;
}

function apiOf(call: (name: string, input: unknown, options?: BackfillOptions) => Promise<unknown>) {
  const groups = Object.entries(contract).map(([group, verbs]) => {
    const methods = Object.entries(verbs as Record<string, Operation>).map(([verb, { name }]) => [
      verb,
      (input: unknown, options?: BackfillOptions) => call(name, input, options),
    ]);
    return [group, Object.fromEntries(methods)];
  });
  return Object.fromEntries(groups) as Api<BackfillOptions>;
}
