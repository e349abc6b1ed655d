import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { lstat, mkdir, readdir, readlink, realpath, rename, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Logger } from 'pino';
import { EmbeddedServerError } from '../errors.ts';
import { type Binaries, restoreLinks } from './binaries.ts';
import { copyTreeReadable, isSameTree, makeDirectory, removeTree, writeFileAtomically } from './files.ts';
import { lockFile } from './lock.ts';
import { firstBarrier } from './reach.ts';
import type { Account } from './run.ts';

/**
 * Directories for files that the unprivileged user must reach, in order of preference. The system may empty the last
 * ones.
 */
export const SHARED_ROOTS: readonly string[] = ['/var/lib', '/opt', '/srv', '/var/tmp', os.tmpdir()];

const COPY_WAIT_MS = 60_000;

/** The directory must belong to us: in a world-writable one, another user could have created it first. */
async function isOurs(directory: string): Promise<boolean> {
  const entry = await lstat(directory);
  return entry.isDirectory() && entry.uid === process.geteuid?.() && (entry.mode & 0o022) === 0;
}

/** Finds or creates `<root>/atrium`. Throws EmbeddedServerError if no root is writable and reachable. */
export async function openSharedDirectory(roots: readonly string[], account: Account): Promise<string> {
  for (const root of roots) {
    try {
      const place = path.join(await realpath(root), 'atrium');
      await makeDirectory(place, 0o755);
      if ((await isOurs(place)) && (await firstBarrier(place, account)) === undefined) return place;
    } catch {
      // Missing or read-only: try the next one.
    }
  }
  throw new EmbeddedServerError(
    `PostgreSQL does not run as root, and user ${account.name} can reach no writable place (tried ${roots.join(', ')}). ` +
      'Start Atrium as an ordinary user, or set DATABASE_URL.',
  );
}

async function copyBinaries(from: string, to: string): Promise<void> {
  const copy = path.join(path.dirname(to), `.copy-${randomUUID()}`);
  await mkdir(copy, { mode: 0o700 });
  try {
    await copyTreeReadable(from, path.join(copy, 'new'));
    await restoreLinks(path.join(copy, 'new'));
    await rename(to, path.join(copy, 'old')).catch(() => undefined);
    await rename(path.join(copy, 'new'), to);
  } finally {
    await removeTree(copy);
  }
}

/**
 * Copies the programs to where everyone can run them, or finds the copy of an earlier start. The copy appears under its
 * final name only when complete; one that differs from the original is replaced.
 */
export async function shareBinaries(binaries: Binaries, place: string): Promise<Binaries> {
  const native = path.join(place, `postgresql-${binaries.version}`);
  const lock = await lockFile(`${native}.lock`, COPY_WAIT_MS);
  if (lock === undefined) throw new EmbeddedServerError(`Another process has been copying to ${native} for too long.`);
  try {
    const exists = (await lstat(native).catch(() => undefined)) !== undefined;
    if (!exists || !(await isSameTree(binaries.native, native))) await copyBinaries(binaries.native, native);
    return { ...binaries, native };
  } finally {
    lock.release();
  }
}

/**
 * Links `link` (DATA_DIR/database) to a new directory below `place` and returns its path. Its name is always new, so
 * that a recreated data directory never finds the database of a removed one. Creating the link decides: concurrent
 * processes all use the first one.
 */
export async function linkSharedCluster(link: string, place: string, log: Logger): Promise<string> {
  const origin = createHash('sha256').update(path.dirname(link)).digest('hex').slice(0, 12);
  const leftovers = (await readdir(place)).filter((name) => name.startsWith(`${origin}-`));
  const home = path.join(place, `${origin}-${randomBytes(3).toString('hex')}`);
  try {
    await symlink(path.join(home, 'database'), link);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const target = await readlink(link);
    await makeDirectory(path.dirname(target), 0o711);
    return target;
  }
  await makeDirectory(home, 0o711);
  await writeFileAtomically(path.join(home, 'origin'), `${path.dirname(link)}\n`, 0o600);
  if (leftovers.length > 0) {
    log.warn(
      { directories: leftovers.map((name) => path.join(place, name)) },
      'databases of an earlier data directory of the same name are still here; remove them if they are not needed',
    );
  }
  return path.join(home, 'database');
}
