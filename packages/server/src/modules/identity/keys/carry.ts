import type { Executor } from '../../../platform/database/index.ts';
import { parseSecrets } from './secrets.ts';
import { databaseVault, fileVault } from './vault.ts';

/** Where an instance stores its secrets; see createKeyring. */
export interface SecretsPlace {
  directory: string;
  db: Executor | undefined;
}

const vaultOf = ({ directory, db }: SecretsPlace) =>
  db === undefined ? fileVault(directory) : databaseVault(db, directory);

/** Exports the secrets as text, for another instance; undefined if there are none yet. */
export async function carriedSecrets(place: SecretsPlace): Promise<string | undefined> {
  const secrets = await vaultOf(place).read();
  return secrets && JSON.stringify(secrets);
}

/** Whether a text is an export by `carriedSecrets`. */
export function areSecrets(text: string): boolean {
  return parseSecrets(text) !== undefined;
}

/** Whether an instance has secrets, which must not be overwritten. */
export async function hasSecrets({ directory }: Pick<SecretsPlace, 'directory'>): Promise<boolean> {
  return (await fileVault(directory).read()) !== undefined;
}

/** Imports the secrets of another instance into one that has none. */
export async function takeSecrets(place: SecretsPlace, text: string): Promise<void> {
  const secrets = parseSecrets(text);
  if (secrets === undefined) throw new Error('The secrets are damaged.');
  await vaultOf(place).create(secrets);
}
