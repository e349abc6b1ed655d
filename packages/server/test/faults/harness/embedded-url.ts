import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { embeddedUrl } from '../../../src/platform/database/embedded/connect.ts';

/** The connection string of the database that a server runs in its data directory. */
export async function urlOfEmbedded(dataDir: string): Promise<string> {
  const password = (await readFile(path.join(dataDir, 'secrets', 'database-password'), 'utf8')).trim();
  const pidFile = await readFile(path.join(dataDir, 'database', 'postmaster.pid'), 'utf8');
  return embeddedUrl(Number(pidFile.split('\n')[3]), password);
}
