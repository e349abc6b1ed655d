import type { Readable } from 'node:stream';
import type { ArchiveOptions } from './archive-writer.ts';
import type { Manifest, Progress } from './format.ts';
import type { BackupSource } from './write-backup.ts';

/** A backup as its destination lists it. */
export interface StoredBackup {
  name: string;
  takenAt: Date;
  /** Size of the file. */
  bytes: number;
}

/** Where backups are kept one beside the other: a directory, or a bucket. */
export interface BackupDestination {
  /** What people call it; without keys. */
  readonly label: string;
  /**
   * Writes a backup, reads it to its end, and only then gives it its name. Nothing is replaced.
   * @throws FileExists, and whatever the database, the storage and the destination refuse with
   */
  store(
    name: string,
    source: BackupSource,
    options: ArchiveOptions & { progress: Progress },
  ): Promise<{ manifest: Manifest; bytes: number }>;
  /** The newest first. Files with other names are not its own. */
  list(): Promise<StoredBackup[]>;
  /**
   * The caller reads or destroys the stream.
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

/** @throws Error for any name but that of a backup, so that none leads out of the destination */
export function mustBeBackupName(name: string): void {
  if (takenAtOf(name) === undefined) throw new Error(`${name.slice(0, 100)} is not the name of a backup.`);
}

/** The newest first. */
export function newestFirst(backups: StoredBackup[]): StoredBackup[] {
  return backups.toSorted((a, b) => b.takenAt.getTime() - a.takenAt.getTime());
}

/** Which backups go when the newest `keep` stay. Pure. */
export function outdated(backups: readonly StoredBackup[], keep: number): StoredBackup[] {
  return newestFirst([...backups]).slice(keep);
}
