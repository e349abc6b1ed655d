import type { Presence, StreamName } from '@atrium/protocol';
import type { Logger } from 'pino';
import type { Executor } from '../../platform/database/index.ts';
import type { Module, Transact } from '../../platform/module/index.ts';
import { visitorsWhoSee, workspaceIdsOfEach, workspaceStream } from '../workspaces/index.ts';
import type { Schedule } from './batch.ts';
import type { Connections } from './connections.ts';
import { presenceService } from './groups.ts';
import { presenceTables } from './lifecycle.ts';
import { presenceOperations } from './operations.ts';
import { shareChoices } from './shared-choices.ts';
import { deletePresence, rememberedOf, saveLastSeen } from './store.ts';
import { createTracker } from './tracker.ts';

export type { Connections } from './connections.ts';
export type { PresenceService } from './groups.ts';
export { chosenStatuses } from './store.ts';

export interface PresenceTime {
  clock: { now(): Date };
  /** Timers; those of the runtime by default. */
  schedule?: Schedule;
}

export interface PresenceDeps {
  clock: { now(): Date };
  /** A separate clock for tests. */
  presenceTime?: PresenceTime | undefined;
  connections: Connections;
  database: { readonly db: Executor };
  transact: Transact;
  log: Pick<Logger, 'warn'>;
}

const runtimeSchedule: Schedule = (ms, work) => {
  const timer = setTimeout(work, ms);
  timer.unref();
  return () => clearTimeout(timer);
};

/** Who is online, away or busy, and when they were last seen. */
export function presenceModule(deps: PresenceDeps): Module {
  const { connections, log } = deps;
  const { clock, schedule = runtimeSchedule }: PresenceTime = deps.presenceTime ?? deps;
  const { db } = deps.database;

  /** Takes two queries for any number of people, because guests and customers do not follow workspaces. */
  async function tell(presences: readonly Presence[]): Promise<void> {
    const userIds = presences.map((presence) => presence.userId);
    const workspaces = await workspaceIdsOfEach(db, userIds);
    const visitors = Map.groupBy(await visitorsWhoSee(db, userIds), ({ userId }) => userId);
    for (const presence of presences) {
      const own: StreamName = `user:${presence.userId}`;
      const shared = (workspaces.get(presence.userId) ?? []).map(workspaceStream);
      const seeing = (visitors.get(presence.userId) ?? []).map(({ viewerId }): StreamName => `user:${viewerId}`);
      connections.broadcastHere([...new Set([own, ...shared, ...seeing])], 'presence:changed', presence);
    }
  }

  const tracker = createTracker({
    connections,
    clock,
    log,
    schedule,
    load: (userIds) => rememberedOf(db, userIds),
    save: (lastSeen) => saveLastSeen(db, lastSeen),
    tell,
  });

  return {
    name: 'presence',
    operations: presenceOperations(
      shareChoices(tracker, { connections, load: (userIds) => rememberedOf(db, userIds), log }),
      deps.transact,
    ),
    services: { presence: presenceService(tracker) },
    tables: presenceTables,
    on: { 'account:erasing': ({ tx }, { userId }) => deletePresence(tx, userId) },
    start() {
      tracker.start();
      return () => tracker.stop();
    },
  };
}
