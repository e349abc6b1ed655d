import type { Api } from '@atrium/protocol';
import type { Work } from '../transact/index.ts';
import type { IncomingFile } from './files.ts';

/** Who calls, and what time it is for the operation. */
export interface BackfillCall {
  userId: string;
  at: Date;
}

/** Files to upload with a call. */
export interface BackfillOptions {
  files: AsyncIterable<IncomingFile>;
}

/** Calls operations as parts of one transaction, each at a time of its own. Call one after the other. */
export type Backfill = (call: BackfillCall) => Api<BackfillOptions>;

/** How history is filled in. */
export interface BackfillSettings {
  /** Names of modules that hear nothing of it, such as what would mail people about each thing. */
  silent?: readonly string[];
}

/** Begins to fill in history within a unit of work. */
export type StartBackfill = (work: Work, settings?: BackfillSettings) => Backfill;
