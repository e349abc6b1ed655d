import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';

/** No upload takes longer. */
const ABANDONED_MS = 3_600_000;

/** Creates the directory for files that are being received. */
export async function makeIncoming(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  return directory;
}

/**
 * Deletes what a killed process left behind.
 * @returns how many files it deleted
 */
export async function removeAbandoned(directory: string, now: Date): Promise<number> {
  let removed = 0;
  for (const name of await readdir(directory)) {
    const file = path.join(directory, name);
    const found = await lstat(file).catch(() => undefined);
    if (found === undefined || now.getTime() - found.mtimeMs < ABANDONED_MS) continue;
    await rm(file, { force: true, recursive: true });
    removed += 1;
  }
  return removed;
}
