import { z } from 'zod';

/** Increased when older versions can no longer read new backups. */
export const FORMAT = 1;
/** The size of reads, and the largest piece of a part. */
export const PIECE_BYTES = 1 << 20;

export const HEADER = 'backup.json';
export const MANIFEST = 'manifest.json';
/** The name of the last piece of a part, which shows that the part is complete. */
export const END = 'end.json';

const name = z.string().min(1).max(200);
const count = z.number().int().nonnegative();

/** A table in the backup. Names are quoted as in PostgreSQL. */
const table = z.object({ name, columns: z.array(name).min(1).max(1_000) });
export type BackedUpTable = z.infer<typeof table>;

/** The first piece: what a restore needs first. */
export const header = z.object({
  format: z.literal(FORMAT),
  /** Set if it is not a backup: only a part of an instance, as JSON. */
  holds: z.literal('export').optional(),
  program: z.string().max(100),
  takenAt: z.iso.datetime({ offset: true }),
  /** The migrations of the schema. */
  migrations: z.array(z.object({ id: count, name, sha256: z.string().length(64) })).min(1),
  /** The versions of the schema of the job queue. */
  queueVersions: z.array(z.string().max(100)),
  tables: z.array(table).min(1),
  sequences: z.array(z.object({ name, last: z.string().max(30) })),
  /** The state of the event log. */
  position: z.object({ epoch: z.uuid(), streams: count, events: count }),
});
export type Header = z.infer<typeof header>;

/** The end of each part. */
export const partEnd = z.object({ bytes: count, sha256: z.string().length(64), rows: count.nullable() });
export type PartEnd = z.infer<typeof partEnd>;

/** The last piece. `sha256` covers the names and ends of all parts, in order. */
export const manifest = z.object({
  tables: count,
  rows: count,
  objects: count,
  /** Objects that were missing from the storage when the backup was taken. */
  missingObjects: count,
  secrets: count,
  bytes: count,
  sha256: z.string().length(64),
});
export type Manifest = z.infer<typeof manifest>;

/** A backup cannot be used; the message contains the reason. Nothing was changed. */
export class BadBackup extends Error {
  override readonly name = 'BadBackup';
}

/** A backup cannot be restored into this target. Nothing was changed. */
export class TargetRefused extends Error {
  override readonly name = 'TargetRefused';
}

/** Called with the progress from time to time. */
export type Progress = (text: string) => void;
