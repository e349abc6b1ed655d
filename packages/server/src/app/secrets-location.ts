import path from 'node:path';
import type { Config } from '../config.ts';
import type { SecretsLocation } from '../modules/identity/index.ts';
import type { Database } from '../platform/database/index.ts';

/**
 * Where an instance with this configuration stores its secrets. Nodes that share a database need not share a directory.
 */
export function secretsLocation(
  { databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>,
  database: Pick<Database, 'db'>,
): SecretsLocation {
  return { directory: path.join(dataDir, 'secrets'), db: databaseUrl === undefined ? undefined : database.db };
}
