import type { Executor } from '../../../platform/database/index.ts';
import { parseSecrets } from './secrets.ts';
import { databaseVault, fileVault } from './vault.ts';

/** Where an instance stores its secrets; see createKeyring. */
export interface SecretsLocation {
  directory: string;
  db: Executor | undefined;
}

const vaultOf = ({ directory, db }: SecretsLocation) =>
  db === undefined ? fileVault(directory) : databaseVault(db, directory);

/** Exports the secrets as text, for another instance; undefined if there are none yet. */
export async function carriedSecrets(place: SecretsLocation): Promise<string | undefined> {
  const secrets = await vaultOf(place).read();
  return secrets && JSON.stringify(secrets);
}

/** Whether a text is an export by `carriedSecrets`. */
export function areSecrets(text: string): boolean {
  return parseSecrets(text) !== undefined;
}

/** Whether an instance has secrets, which must not be overwritten. */
export async function hasSecrets({ directory }: Pick<SecretsLocation, 'directory'>): Promise<boolean> {
  return (await fileVault(directory).read()) !== undefined;
}

/** Imports the secrets of another instance into one that has none. */
export async function takeSecrets(place: SecretsLocation, text: string): Promise<void> {
  const secrets = parseSecrets(text);
  if (secrets === undefined) throw new Error('The secrets are damaged.');
  await vaultOf(place).create(secrets);
}
