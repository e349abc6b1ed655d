import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Cli } from './cli.ts';
import { CommandFailure, EXIT } from './exit-codes.ts';
import { askSecret } from './terminal.ts';

/** Shorter ones can be guessed. */
const LEAST = 12;

/**
 * The passphrase of a backup: from a file, from BACKUP_PASSPHRASE, or from a prompt in the terminal.
 * @param file the option --passphrase-file
 * @param isNew true for a new backup: it must then be long, and is prompted for twice
 */
export async function passphraseFor(
  { surroundings, config }: Cli,
  { file, isNew }: { file?: string | undefined; isNew: boolean },
): Promise<string | undefined> {
  const given =
    file === undefined
      ? config().backupPassphrase
      : (await readFile(path.resolve(surroundings.cwd, file), 'utf8')).split(/\r?\n/, 1)[0];
  if (given === undefined && !surroundings.stdin.isTTY) return undefined;
  const passphrase = given ?? (await askSecret(surroundings, 'Passphrase: '));
  if (isNew && passphrase.length < LEAST) {
    throw new CommandFailure(`The passphrase is shorter than ${LEAST} characters.`, EXIT.usage, 'Use several words.');
  }
  if (isNew && given === undefined && (await askSecret(surroundings, 'Once more: ')) !== passphrase) {
    throw new CommandFailure('The two passphrases differ.', EXIT.usage);
  }
  return passphrase;
}

/** The passphrase of a file to be written; undefined: unencrypted. */
export async function newPassphraseFor(
  cli: Cli,
  { passphraseFile, unencrypted = false }: { passphraseFile?: string; unencrypted?: boolean },
): Promise<string | undefined> {
  if (unencrypted) return undefined;
  const passphrase = await passphraseFor(cli, { file: passphraseFile, isNew: true });
  if (passphrase !== undefined) return passphrase;
  throw new CommandFailure(
    'There is no passphrase.',
    EXIT.usage,
    'Set BACKUP_PASSPHRASE, give --passphrase-file, or --unencrypted for a file that anyone can read.',
  );
}
