import type { OutputOf, streams } from '@atrium/protocol';
import type { Executor } from '../database/index.ts';
import type { HandledJob, Periodic } from '../jobs/index.ts';
import type { Audience, Renderers } from '../stream/index.ts';
import type { Listeners } from '../transact/index.ts';
import type { AccessLoaders } from './access.ts';
import type { Implementation } from './context.ts';
import type { TableLifecycles } from './lifecycle.ts';
import type { Download, Feed, PlainRoute } from './routes.ts';

/** The parts of the snapshot that modules give. */
type SnapshotData = Omit<OutputOf<typeof streams.snapshot>, 'epoch' | 'asOf'>;

/** Each reads its part of what a person sees, all in one transaction that sees one moment. */
export type SnapshotParts = {
  [Part in keyof SnapshotData]?: (tx: Executor, userId: string) => Promise<SnapshotData[Part]>;
};

/**
 * What modules do for each other, by the name of the module that does it. It declares that by declaration merging, as in
 * `mail: MailService`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface Services {}

/**
 * What a feature gives to the program. A module that collects something from all others, such as commands, adds a
 * field for it by declaration merging.
 */
export interface Module {
  name: string;
  operations: readonly Implementation[];
  /** GET routes that redirect a browser elsewhere and back; not part of the contract. */
  redirects?: readonly Implementation[];
  /** Files behind links that operations give away. */
  downloads?: readonly Download[];
  access?: AccessLoaders;
  /** Documents at secret addresses that other programs fetch. */
  feeds?: readonly Feed[];
  /** Addresses that speak another language than that of the contract. */
  routes?: readonly PlainRoute[];
  /** The kinds of stream that the feature owns. */
  audiences?: readonly Audience[];
  /** For events that are stored as ids and shown as the current row. */
  renderers?: Renderers;
  /** Its part of the snapshot, by key. */
  snapshot?: SnapshotParts;
  /** What it does when other modules tell something. */
  on?: Listeners;
  /** What it does for other modules. */
  services?: Partial<Services>;
  /** What becomes of the rows of its tables when what they are about is gone. */
  tables?: TableLifecycles;
  /** Hears of each command that somebody carried out; must not throw, and is on the road of every command. */
  commanded?(userId: string, operation: string, at: Date): void;
  jobs?: readonly HandledJob[];
  /** Jobs that are done again and again. */
  periodic?: readonly Periodic[];
  /** Called when the program serves; what it returns is called when it stops. */
  start?(): () => void | Promise<void>;
}
