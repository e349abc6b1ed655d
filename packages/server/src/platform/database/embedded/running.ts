import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { embeddedUrl } from './connect.ts';
import { isServerOf, parsePidFile } from './postmaster.ts';
import { inspectProcess } from './process-info.ts';

/**
 * Connection string of the server that is running in a data directory, whoever started it. Undefined if there is none,
 * or if its files cannot be read. Changes nothing.
 */
export async function runningServerUrl(dataDir: string): Promise<string | undefined> {
  try {
    const clusterDir = await realpath(path.join(dataDir, 'database'));
    const postmaster = parsePidFile(await readFile(path.join(clusterDir, 'postmaster.pid'), 'utf8'));
    if (postmaster?.port === undefined) return undefined;
    const info = await inspectProcess(postmaster.pid);
    if (info === undefined || !isServerOf(info, clusterDir)) return undefined;
    const password = await readFile(path.join(dataDir, 'secrets', 'database-password'), 'utf8');
    return embeddedUrl(postmaster.port, password.trim());
  } catch {
    return undefined;
  }
}
