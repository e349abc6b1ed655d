import type { Readable } from 'node:stream';
import type { ArchiveOptions } from './archive-writer.ts';
import type { Manifest, Progress } from './format.ts';
import type { BackupSource } from './write-backup.ts';

/** A backup in the list of its destination. */
export interface StoredBackup {
  name: string;
  takenAt: Date;
  /** Size of the file. */
  bytes: number;
}

/** Where backups are stored: a directory or a bucket. */
export interface BackupDestination {
  /** The display name, without credentials. */
  readonly label: string;
  /**
   * Writes a backup, verifies it by reading it to the end, and only then gives it its name. Nothing is replaced.
   * @throws FileExists, and errors of the database, the storage and the destination
   */
  store(
    name: string,
    source: BackupSource,
    options: ArchiveOptions & { progress: Progress },
  ): Promise<{ manifest: Manifest; bytes: number }>;
  /** Newest first. Files with other names are ignored. */
  list(): Promise<StoredBackup[]>;
  /**
   * The caller must read or destroy the stream.
   * @throws MissingObject
   */
  open(name: string): Promise<Readable>;
  delete(name: string): Promise<void>;
}

const NAME = /^atrium-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.backup$/;

/** `atrium-20300131T030000Z.backup`: names sort by time. */
export function backupNameAt(now: Date): string {
  return `atrium-${now.toISOString().replaceAll(/[-:]|\.\d+/g, '')}.backup`;
}

/** When a backup with this name was taken; undefined for any other name. */
export function takenAtOf(name: string): Date | undefined {
  const [, year, month, day, hour, minute, second] = NAME.exec(name) ?? [];
  if (year === undefined) return undefined;
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/** @throws Error if it is not the name of a backup, so that it cannot point outside the destination */
export function mustBeBackupName(name: string): void {
  if (takenAtOf(name) === undefined) throw new Error(`${name.slice(0, 100)} is not the name of a backup.`);
}

/** Newest first. */
export function newestFirst(backups: StoredBackup[]): StoredBackup[] {
  return backups.toSorted((a, b) => b.takenAt.getTime() - a.takenAt.getTime());
}

/** The backups to delete so that the newest `keep` remain. Pure. */
export function outdated(backups: readonly StoredBackup[], keep: number): StoredBackup[] {
  return newestFirst([...backups]).slice(keep);
}
