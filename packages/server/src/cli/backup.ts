import path from 'node:path';
import { Command } from 'commander';
import serverPackage from '../../package.json' with { type: 'json' };
import type { Config } from '../config.ts';
import type { Database } from '../platform/database/index.ts';
import { type Cli, withDatabase } from './cli.ts';
import { CommandFailure, EXIT } from './exit-codes.ts';
import { newPassphraseFor } from './passphrase.ts';

interface BackupOptions {
  withSecrets?: boolean;
  passphraseFile?: string;
  unencrypted?: boolean;
}

/** `atrium backup`: everything of the instance in one file, while it runs. */
export function backupCommand(cli: () => Cli): Command {
  return new Command('backup')
    .description('write all data and files, as they are at one moment, into one encrypted file; the server may run')
    .argument('<file>', 'where to; nothing is replaced')
    .option('--with-secrets', 'also the keys that sign people in and open second factors; needs encryption')
    .option('--passphrase-file <file>', 'its first line is the passphrase; default: BACKUP_PASSPHRASE, or asked for')
    .option('--unencrypted', 'anyone who gets the file can read it')
    .action((file: string, options: BackupOptions) => backup(cli(), file, options));
}

async function backup(cli: Cli, name: string, options: BackupOptions): Promise<void> {
  const { unencrypted = false, withSecrets = false } = options;
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
  // Loaded only now: help needs none of it.
  const [{ writeBackup }, { openStorage }, { storedObjectKeys }, { carriedSecrets }] = await Promise.all([
    import('../platform/backup/index.ts'),
    import('../platform/storage/index.ts'),
    import('../modules/files/index.ts'),
    import('../modules/identity/index.ts'),
  ]);
  const place = secretsPlace(config, database);
  const identity = withSecrets ? await carriedSecrets(place) : undefined;
  const source = {
    database,
    storage: await openStorage(config),
    objectKeys: storedObjectKeys,
    leaveOut: ['identity_secret'],
    secrets: identity === undefined ? {} : { identity },
    program: serverPackage.version,
  };
  return writeBackup(file, source, { passphrase, progress: cli.progress });
}

/** Where an instance with this configuration keeps its secrets. */
export function secretsPlace(config: Config, database: Pick<Database, 'db'>) {
  return {
    directory: path.join(config.dataDir, 'secrets'),
    db: config.databaseUrl === undefined ? undefined : database.db,
  };
}
