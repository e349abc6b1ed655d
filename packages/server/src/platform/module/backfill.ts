import type { Api } from '@atrium/protocol';
import type { Work } from '../transact/index.ts';
import type { IncomingFile } from './files.ts';

/** The caller, and the time for the operation. */
export interface BackfillCall {
  userId: string;
  at: Date;
}

/** Files to upload with a call. */
export interface BackfillOptions {
  files: AsyncIterable<IncomingFile>;
}

/** Calls operations as parts of one transaction, each with its own time. Call one after the other. */
export type Backfill = (call: BackfillCall) => Api<BackfillOptions>;

/** Options of importing history. */
export interface BackfillSettings {
  /** Names of modules whose hooks are not called, such as those that would send mails. */
  silent?: readonly string[];
}

/** Starts to import history within a unit of work. */
export type StartBackfill = (work: Work, settings?: BackfillSettings) => Backfill;
