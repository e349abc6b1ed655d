import type { Executor } from '../../../platform/database/index.ts';
import { createSecrets, readSecrets, replaceSecrets } from './key-file.ts';
import type { IdentitySecrets } from './secrets.ts';
import { insertSecrets, storedSecrets, updateSecrets } from './store.ts';

/** Where the secrets are kept. */
export interface Vault {
  /** Rejects when they are damaged. */
  read(): Promise<IdentitySecrets | undefined>;
  /** Keeps them for the first time. @returns those that count: others', when they were faster */
  create(secrets: IdentitySecrets): Promise<IdentitySecrets>;
  replace(secrets: IdentitySecrets): Promise<void>;
}

/** Keeps secrets in a file of the directory, for the owner only. */
export function fileVault(directory: string): Vault {
  return {
    read: () => readSecrets(directory),
    async create(secrets) {
      if (await createSecrets(directory, secrets)) return secrets;
      return (await readSecrets(directory)) ?? secrets;
    },
    replace: (secrets) => replaceSecrets(directory, secrets),
  };
}

/**
 * Keeps secrets in the database, where all nodes find them. Those in the file of an instance that had no database of
 * its own until now come along, so that nobody is signed out.
 */
export function databaseVault(db: Executor, directory: string): Vault {
  return {
    read: () => storedSecrets(db),
    async create(secrets) {
      await insertSecrets(db, (await readSecrets(directory)) ?? secrets);
      return (await storedSecrets(db)) ?? secrets;
    },
    replace: (secrets) => updateSecrets(db, secrets),
  };
}
