import {
  chatCommands,
  chatIdentityHooks,
  chatModule,
  chatWorkspaceHooks,
  messageSource,
} from './modules/chat/index.ts';
import { type HashParameters, identityModule, type Keyring, type ProviderConfig } from './modules/identity/index.ts';
import { type PresenceTime, presenceModule } from './modules/presence/index.ts';
import { searchModule } from './modules/search/index.ts';
import { slashModule } from './modules/slash/index.ts';
import { streamsModule } from './modules/streams/index.ts';
import { webhooksModule } from './modules/webhooks/index.ts';
import { workspaceIdentityHooks, workspacesModule } from './modules/workspaces/index.ts';
import type { Clock } from './platform/clock/index.ts';
import type { Database } from './platform/database/index.ts';
import type { JobSystem } from './platform/jobs/index.ts';
import type { Limiter } from './platform/limits/index.ts';
import type { Connections } from './platform/live/index.ts';
import type { Log } from './platform/log/index.ts';
import type { Executor } from './platform/operations/call.ts';
import type { Module } from './platform/operations/module.ts';
import { createSync, type StreamHub } from './platform/stream/index.ts';

/** What the modules are built from. */
export interface ModuleDeps {
  /** Adds jobs from within a job. */
  addJobs: JobSystem['addJobs'];
  appUrl: string;
  clock: Clock;
  connections: Connections;
  database: Database;
  /** Carries out operations, as soon as the program is built. */
  execute: Executor['execute'];
  /** What a hash of a password costs, if not what the rules say. */
  hashing?: HashParameters | undefined;
  hub: StreamHub;
  keyring: Keyring;
  limiter: Limiter;
  log: Log;
  /** What time it is for who is here, if not what it is for all. */
  presenceTime?: PresenceTime | undefined;
  /** Through whom people can sign in. */
  providers: readonly ProviderConfig[];
}

/** Every feature of the program. */
export function createModules(deps: ModuleDeps): Module[] {
  const { addJobs, appUrl, clock, connections, database, execute, hub, keyring, limiter, log, providers } = deps;
  const chat = chatModule({ clock, connections, database, hub, limiter });
  const rooms: Module[] = [
    identityModule({
      addJobs,
      appUrl,
      clock,
      database,
      hashing: deps.hashing,
      keyring,
      limiter,
      log,
      providers,
      hooks: [workspaceIdentityHooks([chatWorkspaceHooks]), chatIdentityHooks],
    }),
    workspacesModule({ hooks: [chatWorkspaceHooks], appUrl }),
    chat,
    webhooksModule({ post: chat.post, memberNames: chat.memberNames, appUrl, database, limiter, log }),
    slashModule({ commands: chatCommands, execute }),
    searchModule({ database, source: messageSource, log }),
    presenceModule({ connections, clock, database, log, ...deps.presenceTime }),
  ];
  const audiences = rooms.flatMap((module) => module.audiences ?? []);
  const sync = createSync({ database, audiences, render: hub.render });
  return [...rooms, streamsModule({ database, sync, audiences })];
}
