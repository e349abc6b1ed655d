import { administrationModule } from './modules/administration/index.ts';
import { analyticsModule } from './modules/analytics/index.ts';
import { type BackupSettings, backupsModule } from './modules/backups/index.ts';
import { calendarModule } from './modules/calendar/index.ts';
import { catalogModule } from './modules/catalog/index.ts';
import { chatModule } from './modules/chat/index.ts';
import { demoModule } from './modules/demo/index.ts';
import { filesModule } from './modules/files/index.ts';
import {
  type HashParameters,
  identityModule,
  type Keyring,
  type ProviderConfig,
  type SecretsLocation,
} from './modules/identity/index.ts';
import { importsModule } from './modules/imports/index.ts';
import { notificationsModule } from './modules/notifications/index.ts';
import { ordersModule } from './modules/orders/index.ts';
import { type PresenceTime, presenceModule } from './modules/presence/index.ts';
import { remindersModule } from './modules/reminders/index.ts';
import { searchModule } from './modules/search/index.ts';
import { slashModule } from './modules/slash/index.ts';
import { streamsModule } from './modules/streams/index.ts';
import { tasksModule } from './modules/tasks/index.ts';
import { timersModule } from './modules/timers/index.ts';
import { timesheetsModule } from './modules/timesheets/index.ts';
import { webhookEndpointsModule } from './modules/webhook-endpoints/index.ts';
import { webhooksModule } from './modules/webhooks/index.ts';
import { workspacesModule } from './modules/workspaces/index.ts';
import type { Clock } from './platform/clock/index.ts';
import type { Database } from './platform/database/index.ts';
import type { CheckResult } from './platform/doctor/index.ts';
import type { JobSystem } from './platform/jobs/index.ts';
import type { Limiter } from './platform/limits/index.ts';
import type { Connections } from './platform/live/index.ts';
import type { Log } from './platform/log/index.ts';
import {
  completeLoaders,
  type Module,
  type OperationExecutor,
  type Registry,
  type StartBackfill,
  type Transact,
} from './platform/module/index.ts';
import type { ExecutorDeps } from './platform/operations/index.ts';
import type { AllowedHosts } from './platform/outbound/index.ts';
import type { Storage } from './platform/storage/index.ts';
import type { Publish, StreamHub, Sync } from './platform/stream/index.ts';

/** What the modules are built from. Each names the few of them that it uses. */
export interface ModuleDeps {
  appUrl: string;
  /** Fills in history as part of a transaction. */
  backfill: StartBackfill;
  /** Whether this is a backfill: everything is written by its transaction, at the time of its call. */
  isBackfill?: boolean;
  /** Which backups the server takes by itself. */
  backups: BackupSettings | undefined;
  clock: Clock;
  connections: Connections;
  database: Database;
  /** The directory of the database, the files and the secrets. */
  dataDir: string;
  /** The time zone of new accounts, as IANA names it. */
  defaultTimezone: string;
  /** Looks at what usually goes wrong around a server. */
  doctor(): Promise<CheckResult[]>;
  /** Carries out operations, as soon as the program is built. */
  execute: OperationExecutor['execute'];
  /** What the files of one workspace may take. */
  fileQuotaBytes: number;
  /** Whether mails land in the development mailbox, because no mail server is configured. */
  hasMailbox: boolean;
  /** What a hash of a password costs, if not what the rules say. */
  hashing?: HashParameters | undefined;
  /** How many background jobs are in the queue, by state. */
  jobCounts: JobSystem['counts'];
  keyring: Keyring;
  limiter: Limiter;
  log: Log;
  /** The address that mails come from. */
  mailAddress: string;
  /** The other modules, as soon as all are created. */
  modules: Registry;
  /** What time it is for who is here, if not what it is for all. */
  presenceTime?: PresenceTime | undefined;
  /** `host:port` of push services that may be called although they are in a private network. */
  pushPrivateHosts: ReadonlySet<string>;
  /** Through whom people can sign in. */
  providers: readonly ProviderConfig[];
  /** For the writers of messages and receipts alone: everything else writes through `transact`. */
  publish: Publish;
  /** A program that scans files before they are stored. */
  scanCommand?: string | undefined;
  /** Where the keys of the instance are. */
  secretsLocation: SecretsLocation;
  storage: Storage;
  /** For those who follow streams as a reader does, or render what they read from the log. */
  streams: Pick<StreamHub, 'follow' | 'unfollow' | 'render'>;
  sync: Sync;
  transact: Transact;
  /** Places in a private network that endpoints of webhooks may name, also without TLS. */
  webhookHosts: AllowedHosts;
}

/**
 * Every feature of the program. They listen to each other in this order, which is therefore the order of their locks:
 * workspaces, conversations, accounts, things.
 */
const MODULES: readonly ((deps: ModuleDeps) => Module)[] = [
  identityModule,
  workspacesModule,
  chatModule,
  tasksModule,
  filesModule,
  webhooksModule,
  webhookEndpointsModule,
  timersModule,
  timesheetsModule,
  calendarModule,
  analyticsModule,
  catalogModule,
  ordersModule,
  remindersModule,
  notificationsModule,
  slashModule,
  searchModule,
  presenceModule,
  administrationModule,
  backupsModule,
  demoModule,
  importsModule,
  streamsModule,
];

/** Creates all modules. */
export function createModules(deps: ModuleDeps): Module[] {
  return MODULES.map((create) => create(deps));
}

/** What the access rules of all modules are decided and locked with. */
export function accessOf(modules: readonly Module[]): Pick<ExecutorDeps, 'loaders' | 'holds' | 'holdCaller'> {
  const [callerHold] = modules.flatMap((module) => module.callerHold ?? []);
  if (callerHold === undefined) throw new Error('No module keeps callers from losing what lets them in.');
  return {
    holdCaller: callerHold,
    loaders: completeLoaders(modules.map((module) => module.access)),
    holds: Object.assign({}, ...modules.map((module) => module.holds)),
  };
}
