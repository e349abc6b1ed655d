import type { Readable } from 'node:stream';
import { secretsLocation } from '../app/secrets-location.ts';
import type { Config } from '../config.ts';
import { type Cli, withDatabase } from './cli.ts';
import { CommandFailure, EXIT } from './exit-codes.ts';

/** `atrium backup --stored`: takes a scheduled backup now. */
export async function storeNow(cli: Cli): Promise<void> {
  const settings = settingsOf(cli.config());
  // Loaded lazily, since help does not need it.
  const [{ storeBackup }, { createClock }, { openStorage }] = await Promise.all([
    import('../modules/backups/index.ts'),
    import('../platform/clock/index.ts'),
    import('../platform/storage/index.ts'),
  ]);
  const { bytes, manifest, name, place, removed } = await withDatabase(
    cli,
    async (database, config) => {
      const clock = await createClock(database, cli.log);
      try {
        const storage = await openStorage(config);
        const deps = { clock, database, storage, settings, secretsLocation: secretsLocation(config, database) };
        return await storeBackup(deps, { progress: cli.progress });
      } finally {
        clock.stop();
      }
    },
    { current: true },
  );
  const { missingObjects, objects, rows } = manifest;
  const lost = missingObjects > 0 ? [`${missingObjects} objects were not in the storage.`] : [];
  const gone = removed.length > 0 ? [`Removed ${removed.join(', ')}.`] : [];
  cli.result(
    { name, place, bytes, rows, objects, missingObjects, removed },
    [`Stored ${name} in ${place}: ${bytes} bytes, ${rows} rows, ${objects} objects.`, ...lost, ...gone].join('\n'),
  );
}

/** `atrium backup --list`. */
export async function listStored(cli: Cli): Promise<void> {
  const place = await placeOf(cli.config());
  const backups = await place.list();
  const lines = backups.map(({ bytes, name, takenAt }) => `${takenAt.toISOString()}  ${name}  ${bytes} bytes`);
  cli.result(
    { place: place.label, backups: backups.map((one) => ({ ...one, takenAt: one.takenAt.toISOString() })) },
    lines.length === 0 ? `There is no backup in ${place.label}.` : lines.join('\n'),
  );
}

/**
 * A backup in BACKUP_TO, fetched each time it is opened.
 * @param name of the backup, or `latest`
 */
export async function storedBackup(cli: Cli, name: string): Promise<() => Promise<Readable>> {
  const place = await placeOf(cli.config());
  const backups = await place.list();
  const found = name === 'latest' ? backups[0] : backups.find((one) => one.name === name);
  if (found !== undefined) return () => place.open(found.name);
  throw new CommandFailure(
    `There is no ${name === 'latest' ? 'backup' : name} in ${place.label}.`,
    EXIT.noInput,
    '"atrium backup --list" lists those that are there.',
  );
}

async function placeOf(config: Config) {
  const { openBackupDestination } = await import('../platform/backup/index.ts');
  return openBackupDestination(settingsOf(config).to);
}

function settingsOf({ backups }: Config) {
  if (backups !== undefined) return backups;
  throw new CommandFailure('BACKUP_TO is not set.', EXIT.config, 'Set it and BACKUP_PASSPHRASE; see .env.example.');
}
