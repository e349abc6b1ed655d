import {
  type BackupDestination,
  backupNameAt,
  type Manifest,
  openBackupDestination,
  outdated,
  type Progress,
} from '../../platform/backup/index.ts';
import type { Clock } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/database/index.ts';
import { reasonOf } from '../../platform/doctor/index.ts';
import { newId } from '../../platform/new-id.ts';
import type { Storage } from '../../platform/storage/index.ts';
import type { SecretsLocation } from '../identity/index.ts';
import { insertRun, markDone, markFailed, pruneRuns } from './run-store.ts';
import { instanceSource } from './source.ts';

/** The settings for storing backups. */
export interface BackupSettings {
  /** A directory, or the URL of a bucket with its credentials. */
  to: string;
  everyHours: number;
  /** The number to keep. */
  keep: number;
  withSecrets: boolean;
  passphrase: string;
}

export interface StoreBackupDeps {
  clock: Pick<Clock, 'now'>;
  database: Pick<Database, 'db' | 'pool'>;
  storage: Pick<Storage, 'open'>;
  secretsLocation: SecretsLocation;
  settings: BackupSettings;
}

/** The stored backup. */
export interface StoredResult {
  name: string;
  place: string;
  bytes: number;
  manifest: Manifest;
  /** Names of older ones that were deleted. */
  removed: string[];
}

/**
 * Takes a backup to the configured destination, and deletes surplus ones. The result is recorded in the database;
 * nothing is deleted if the backup fails.
 */
export async function storeBackup(
  deps: StoreBackupDeps,
  { progress = () => undefined, signal }: { progress?: Progress; signal?: AbortSignal } = {},
): Promise<StoredResult> {
  const { clock, database, settings } = deps;
  const place = openBackupDestination(settings.to);
  const startedAt = clock.now();
  const run = { id: newId(), place: place.label, name: backupNameAt(startedAt), startedAt };
  await insertRun(database.db, run);
  try {
    const source = await instanceSource({ ...deps, secrets: settings.withSecrets ? deps.secretsLocation : undefined });
    const { manifest, bytes } = await place.store(run.name, source, {
      passphrase: settings.passphrase,
      progress,
      signal,
    });
    await markDone(database.db, { id: run.id, endedAt: clock.now(), bytes, rows: manifest.rows });
    const removed = await rotate(place, settings.keep);
    await pruneRuns(database.db);
    return { name: run.name, place: place.label, bytes, manifest, removed };
  } catch (error) {
    const reason = reasonWithoutKeys(error, settings.to);
    await markFailed(database.db, { id: run.id, endedAt: clock.now(), reason }).catch(() => undefined);
    throw error;
  }
}

async function rotate(place: BackupDestination, keep: number): Promise<string[]> {
  const old = outdated(await place.list(), keep);
  for (const { name } of old) await place.delete(name);
  return old.map(({ name }) => name);
}

/**
 * The message of an error, in one line of at most 300 characters, without credentials: a service may echo its request.
 * @param to the destination, with credentials that must not be shown
 */
export function reasonWithoutKeys(error: unknown, to: string): string {
  const { password = '' } = URL.parse(to) ?? {};
  return [password, decodeURIComponent(password)].reduce(
    (text, key) => (key === '' ? text : text.replaceAll(key, '…')),
    reasonOf(error).replaceAll('\0', '').toWellFormed(),
  );
}
