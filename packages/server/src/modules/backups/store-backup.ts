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

/** How backups are stored, as the configuration says. */
export interface BackupSettings {
  /** A directory, or the address of a bucket with its keys. */
  to: string;
  everyHours: number;
  /** How many stay. */
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

/** What was stored. */
export interface StoredResult {
  name: string;
  place: string;
  bytes: number;
  manifest: Manifest;
  /** Names of older ones that were removed. */
  removed: string[];
}

/**
 * Takes a backup into the place of the settings, and removes those that are too many. What comes of it is noted in the
 * database; nothing is removed when it fails.
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
 * What an error says, in one line of at most 300 characters. What a service says may repeat what it was sent.
 * @param to where backups go, with the keys that must not be told
 */
export function reasonWithoutKeys(error: unknown, to: string): string {
  const { password = '' } = URL.parse(to) ?? {};
  return [password, decodeURIComponent(password)].reduce(
    (text, key) => (key === '' ? text : text.replaceAll(key, '…')),
    reasonOf(error).replaceAll('\0', '').toWellFormed(),
  );
}
