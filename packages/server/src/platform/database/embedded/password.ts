import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { EmbeddedServerError } from '../errors.ts';
import { makeDirectory, writeFileAtomically } from './files.ts';

/** The database user of an embedded cluster. */
export const SUPERUSER = 'atrium';

/**
 * The password of this installation's cluster, in a file of mode 0600 in DATA_DIR/secrets (0700). It is written before
 * the cluster is created, so that no cluster exists without one. Throws EmbeddedServerError if a cluster exists but its
 * password does not: nobody can open it then, and creating a new one would hide the data.
 */
export async function loadPassword(dataDir: string, clusterExists: boolean): Promise<string> {
  const file = path.join(dataDir, 'secrets', 'database-password');
  const existing = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (existing !== '') return existing;
  if (clusterExists) {
    throw new EmbeddedServerError(
      `The database in ${path.join(dataDir, 'database')} cannot be opened: its password, ${file}, is missing or empty. ` +
        'Restore that file from a backup of the data directory.',
    );
  }
  await makeDirectory(path.dirname(file), 0o700);
  const password = randomBytes(24).toString('base64url');
  await writeFileAtomically(file, `${password}\n`, 0o600);
  return password;
}
