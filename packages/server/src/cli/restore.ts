import path from 'node:path';
import { Command } from 'commander';
import type { Cli } from './cli.ts';
import { CommandFailure, EXIT } from './exit-codes.ts';
import { passphraseFor } from './passphrase.ts';
import { storedBackup } from './stored-backups.ts';

interface RestoreOptions {
  passphraseFile?: string;
  check?: boolean;
  drill?: boolean;
  stored?: boolean;
}

/** `atrium restore`: restores a backup into an instance. */
export function restoreCommand(cli: () => Cli): Command {
  return new Command('restore')
    .description('restore a backup into an empty instance of the same or a newer version; all of it or nothing')
    .argument('<file>', 'a file that "atrium backup" wrote; with --stored its name, or "latest"')
    .option('--passphrase-file <file>', 'its first line is the passphrase; default: BACKUP_PASSPHRASE, or asked for')
    .option('--check', 'only read the file to its end, and change nothing')
    .option('--drill', 'restore into an instance of its own, start the program on it, and remove it again')
    .option('--stored', 'the file is in BACKUP_TO, where the server stores backups')
    .action((file: string, options: RestoreOptions) => restore(cli(), file, options));
}

async function restore(
  cli: Cli,
  name: string,
  { check, drill, passphraseFile, stored }: RestoreOptions,
): Promise<void> {
  if (check && drill) throw new CommandFailure('--check and --drill are two different things.', EXIT.usage);
  const file = stored ? await storedBackup(cli, name) : path.resolve(cli.surroundings.cwd, name);
  const passphrase = await passphraseFor(cli, { file: passphraseFile, isNew: false });
  // Loaded lazily, since help does not need it.
  const { checkFile, drillFile, restoreFile } = await import('./restoring.ts');
  if (check) await checkFile(cli, file, passphrase);
  else if (drill) await drillFile(cli, file, passphrase);
  else await restoreFile(cli, file, passphrase);
}
