import type { Executor } from '../../../platform/database/index.ts';
import { parseSecrets } from './secrets.ts';
import { databaseVault, fileVault } from './vault.ts';

/** Where an instance keeps its secrets; see createKeyring. */
export interface SecretsPlace {
  directory: string;
  db: Executor | undefined;
}

const vaultOf = ({ directory, db }: SecretsPlace) =>
  db === undefined ? fileVault(directory) : databaseVault(db, directory);

/** The secrets as text, to be carried to another instance; undefined: there are none yet. */
export async function carriedSecrets(place: SecretsPlace): Promise<string | undefined> {
  const secrets = await vaultOf(place).read();
  return secrets && JSON.stringify(secrets);
}

/** Whether a text is what `carriedSecrets` gave. */
export function areSecrets(text: string): boolean {
  return parseSecrets(text) !== undefined;
}

/** Whether an instance has secrets, so that others cannot take their place. */
export async function hasSecrets({ directory }: Pick<SecretsPlace, 'directory'>): Promise<boolean> {
  return (await fileVault(directory).read()) !== undefined;
}

/** Gives an instance that has none the secrets of another one. */
export async function takeSecrets(place: SecretsPlace, text: string): Promise<void> {
  const secrets = parseSecrets(text);
  if (secrets === undefined) throw new Error('The secrets are damaged.');
  await vaultOf(place).create(secrets);
}
