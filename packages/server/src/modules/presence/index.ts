import type { Presence, StreamName } from '@atrium/protocol';
import type { Logger } from 'pino';
import type { Executor } from '../../platform/database/index.ts';
import type { Module } from '../../platform/operations/module.ts';
import { workspaceIdsOfEach, workspaceStream } from '../workspaces/index.ts';
import type { Schedule } from './batch.ts';
import type { Connections } from './connections.ts';
import { presenceOperations } from './operations.ts';
import { shareChoices } from './shared-choices.ts';
import { rememberedOf, saveLastSeen } from './store.ts';
import { createTracker } from './tracker.ts';

export type { Connections } from './connections.ts';

export interface PresenceDeps {
  connections: Connections;
  clock: { now(): Date };
  database: { readonly db: Executor };
  log: Pick<Logger, 'warn'>;
  /** Timers; the runtime's own unless said otherwise. */
  schedule?: Schedule;
}

const runtimeSchedule: Schedule = (ms, work) => {
  const timer = setTimeout(work, ms);
  timer.unref();
  return () => clearTimeout(timer);
};

/** Who is here: told to those who share a workspace, remembered for later. */
export function presenceModule(deps: PresenceDeps): Module {
  const { connections, clock, log } = deps;
  const { db } = deps.database;

  /** One question to the database however many people changed. */
  async function tell(presences: readonly Presence[]): Promise<void> {
    const workspaces = await workspaceIdsOfEach(
      db,
      presences.map((presence) => presence.userId),
    );
    for (const presence of presences) {
      const own: StreamName = `user:${presence.userId}`;
      const shared = (workspaces.get(presence.userId) ?? []).map(workspaceStream);
      connections.broadcastHere([own, ...shared], 'presence:changed', presence);
    }
  }

  const tracker = createTracker({
    connections,
    clock,
    log,
    schedule: deps.schedule ?? runtimeSchedule,
    load: (userIds) => rememberedOf(db, userIds),
    save: (lastSeen) => saveLastSeen(db, lastSeen),
    tell,
  });

  return {
    name: 'presence',
    operations: presenceOperations(
      shareChoices(tracker, { connections, load: (userIds) => rememberedOf(db, userIds), log }),
    ),
    start() {
      tracker.start();
      return () => tracker.stop();
    },
  };
}
