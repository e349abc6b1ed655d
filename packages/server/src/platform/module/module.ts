import type { OutputOf, streams } from '@atrium/protocol';
import type { Executor } from '../database/index.ts';
import type { GivenUpJob, HandledJob, Periodic } from '../jobs/index.ts';
import type { Metric } from '../metrics/index.ts';
import type { Audience, ReaderViews, Renderers } from '../stream/index.ts';
import type { Listeners } from '../transact/index.ts';
import type { AccessLoaders } from './access.ts';
import type { Implementation } from './context.ts';
import type { AccessHolds, CallerHold } from './holds.ts';
import type { TableLifecycles } from './lifecycle.ts';
import type { ContentRoute, Download, Feed, PlainRoute } from './routes.ts';

/** The parts of the snapshot that modules contribute. */
type SnapshotData = Omit<OutputOf<typeof streams.snapshot>, 'epoch' | 'asOf'>;

/** Each reads its part of what a user sees, all in one REPEATABLE READ transaction. */
export type SnapshotParts = {
  [Part in keyof SnapshotData]?: (tx: Executor, userId: string) => Promise<SnapshotData[Part]>;
};

/**
 * What modules provide to each other, by service name. The providing module declares its service by declaration
 * merging, such as `mail: MailService`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface Services {}

/**
 * What a feature contributes to the server. A module that collects something from all others, such as slash commands,
 * adds a field by declaration merging.
 */
export interface Module {
  name: string;
  operations: readonly Implementation[];
  /** GET routes that redirect a browser elsewhere and back; not part of the contract. */
  redirects?: readonly Implementation[];
  /** Files behind links that operations return. */
  downloads?: readonly Download[];
  /** Stored objects that it serves. */
  contents?: readonly ContentRoute[];
  access?: AccessLoaders;
  /** Locks what its access rules depend on. */
  holds?: AccessHolds;
  /** Keeps the credentials of callers valid; implemented by the module that owns accounts. */
  callerHold?: CallerHold;
  /** Documents at secret URLs that other programs fetch. */
  feeds?: readonly Feed[];
  /** Endpoints that use another format than the contract. */
  routes?: readonly PlainRoute[];
  /** The kinds of stream owned by the feature. */
  audiences?: readonly Audience[];
  /** For events that are stored as ids and rendered from the current row. */
  renderers?: Renderers;
  /** For events whose readers see what they may see at the time of reading. */
  readerViews?: ReaderViews;
  /** Its parts of the snapshot, by key. */
  snapshot?: SnapshotParts;
  /** Its listeners for the hooks of other modules. */
  on?: Listeners;
  /** The services that it provides to other modules. */
  services?: Partial<Services>;
  /** What happens to the rows of its tables when what they refer to is deleted. */
  tables?: TableLifecycles;
  /** Called after each successful command; must not throw, and must be fast. */
  commanded?(userId: string, operation: string, at: Date): void;
  jobs?: readonly HandledJob[];
  /** Called on one node for each job of any module that failed permanently. */
  jobGivenUp?(job: GivenUpJob): Promise<void>;
  /** Jobs that run periodically. */
  periodic?: readonly Periodic[];
  /** Its metrics, read at each scrape of `/metrics`. */
  metrics?: readonly Metric[];
  /** Called when the server starts to serve; the returned function is called on shutdown. */
  start?(): () => void | Promise<void>;
}

/** Tells all modules of a job that failed permanently. */
export function givenUpIn(modules: readonly Module[]): (job: GivenUpJob) => Promise<void> {
  return async (job) => {
    for (const module of modules) await module.jobGivenUp?.(job);
  };
}
