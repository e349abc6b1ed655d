import type { Executor } from '../../../platform/database/index.ts';
import { createSecrets, readSecrets, replaceSecrets } from './key-file.ts';
import type { IdentitySecrets } from './secrets.ts';
import { insertSecrets, storedSecrets, updateSecrets } from './store.ts';

/** Storage of the secrets. */
export interface Vault {
  /** Rejects if they are damaged. */
  read(): Promise<IdentitySecrets | undefined>;
  /** Stores them for the first time. @returns the stored ones, which may be another process's */
  create(secrets: IdentitySecrets): Promise<IdentitySecrets>;
  replace(secrets: IdentitySecrets): Promise<void>;
}

/** Stores secrets in a file of the directory, readable by the owner only. */
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
 * Stores secrets in the database, shared by all nodes. The secrets of an instance that had a file until now are
 * imported, so that nobody is signed out.
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
