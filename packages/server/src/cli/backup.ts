import path from 'node:path';
import { Command } from 'commander';
import { secretsLocation } from '../app/secrets-location.ts';
import type { Config } from '../config.ts';
import type { Database } from '../platform/database/index.ts';
import { type Cli, withDatabase } from './cli.ts';
import { CommandFailure, EXIT } from './exit-codes.ts';
import { newPassphraseFor } from './passphrase.ts';
import { listStored, storeNow } from './stored-backups.ts';

interface BackupOptions {
  withSecrets?: boolean;
  passphraseFile?: string;
  unencrypted?: boolean;
  stored?: boolean;
  list?: boolean;
}

/** `atrium backup`: writes the whole instance to one file while it runs. */
export function backupCommand(cli: () => Cli): Command {
  return new Command('backup')
    .description('write all data and files, as they are at one moment, into one encrypted file; the server may run')
    .argument('[file]', 'where to; nothing is replaced')
    .option('--with-secrets', 'also the keys that sign people in and open second factors; needs encryption')
    .option('--passphrase-file <file>', 'its first line is the passphrase; default: BACKUP_PASSPHRASE, or asked for')
    .option('--unencrypted', 'anyone who gets the file can read it')
    .option('--stored', 'into BACKUP_TO, as the server does by itself, instead of a file')
    .option('--list', 'take none: list those in BACKUP_TO')
    .action((file: string | undefined, options: BackupOptions) => backup(cli(), file, options));
}

async function backup(cli: Cli, name: string | undefined, options: BackupOptions): Promise<void> {
  const { list = false, stored = false, unencrypted = false, withSecrets = false } = options;
  if (list || stored) {
    const others = [name, options.passphraseFile, options.unencrypted, options.withSecrets, list && stored];
    if (others.some(Boolean)) throw new CommandFailure('--stored and --list stand alone.', EXIT.usage);
    return list ? listStored(cli) : storeNow(cli);
  }
  if (name === undefined) throw new CommandFailure('Say where to.', EXIT.usage, 'Give a file, or --stored.');
  if (unencrypted && withSecrets) {
    throw new CommandFailure('--with-secrets cannot be --unencrypted.', EXIT.usage, 'Give a passphrase.');
  }
  const passphrase = await newPassphraseFor(cli, options);
  const file = path.resolve(cli.surroundings.cwd, name);
  const { bytes, missingObjects, objects, rows } = await withDatabase(
    cli,
    (database, config) => write(cli, { database, config, file, passphrase, withSecrets }),
    { current: true },
  );
  const lost = missingObjects > 0 ? ` ${missingObjects} objects were not in the storage.` : '';
  cli.result({ file, bytes, rows, objects, missingObjects }, `Wrote ${file}: ${rows} rows, ${objects} objects.${lost}`);
}

async function write(
  cli: Cli,
  from: { database: Database; config: Config; file: string; passphrase: string | undefined; withSecrets: boolean },
) {
  const { config, database, file, passphrase, withSecrets } = from;
  // Loaded lazily, since help does not need it.
  const [{ writeBackup }, { openStorage }, { instanceSource }] = await Promise.all([
    import('../platform/backup/index.ts'),
    import('../platform/storage/index.ts'),
    import('../modules/backups/index.ts'),
  ]);
  const source = await instanceSource({
    database,
    storage: await openStorage(config),
    secrets: withSecrets ? secretsLocation(config, database) : undefined,
  });
  return writeBackup(file, source, { passphrase, progress: cli.progress });
}
