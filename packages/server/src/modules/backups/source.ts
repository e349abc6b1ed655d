import serverPackage from '../../../package.json' with { type: 'json' };
import type { BackupSource } from '../../platform/backup/index.ts';
import type { Database } from '../../platform/database/index.ts';
import type { Storage } from '../../platform/storage/index.ts';
import { storedObjectKeys } from '../files/index.ts';
import { carriedSecrets, type SecretsLocation } from '../identity/index.ts';

/**
 * Collects everything of the instance for a backup.
 * @param secrets the directory of its keys, to include them; undefined: they are left out
 */
export async function instanceSource(from: {
  database: Pick<Database, 'pool'>;
  storage: Pick<Storage, 'open'>;
  secrets: SecretsLocation | undefined;
}): Promise<BackupSource> {
  const identity = from.secrets === undefined ? undefined : await carriedSecrets(from.secrets);
  return {
    database: from.database,
    storage: from.storage,
    objectKeys: storedObjectKeys,
    leaveOut: ['identity_secret'],
    secrets: identity === undefined ? {} : { identity },
    program: serverPackage.version,
  };
}
