import { randomUUID } from 'node:crypto';
import { chown, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from 'pino';
import { EmbeddedServerError } from '../errors.ts';
import { program } from './binaries.ts';
import { chownTree, makeDirectory, removeTree, syncDirectory } from './files.ts';
import { SUPERUSER } from './password.ts';
import type { Placement } from './placement.ts';
import { findProcesses } from './process-info.ts';
import { run } from './run.ts';

/**
 * Whatever the environment says (a systemd unit has no LANG), the cluster uses UTF-8 and one collation. The default
 * would take both from the environment, and be SQL_ASCII in an empty one.
 */
const LOCALE_FLAGS = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];

/**
 * Whether the cluster exists. It appears under its final name only when complete. Throws EmbeddedServerError if it
 * belongs to another user.
 */
export async function clusterExists(clusterDir: string): Promise<boolean> {
  try {
    return (await stat(path.join(clusterDir, 'PG_VERSION'))).isFile();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EACCES') return false;
    throw new EmbeddedServerError(
      `The database in ${clusterDir} belongs to another user. Start Atrium as that user or as root, ` +
        'or use another DATA_DIR.',
      { cause: error },
    );
  }
}

/** Removes the remains of an interrupted first start, including an initdb that is still running. */
export async function removeUnfinished(clusterDir: string): Promise<void> {
  const parent = path.dirname(clusterDir);
  const name = path.basename(clusterDir);
  for (const entry of await readdir(parent)) {
    if (!entry.startsWith(`${name}.init-`) && !entry.startsWith(`${name}.pw-`)) continue;
    const full = path.join(parent, entry);
    for (const pid of await findProcesses(full)) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has already ended.
      }
    }
    await removeTree(full);
  }
}

/**
 * Creates the cluster if there is none, and makes sure that it belongs to the user who runs it. It is created under a
 * temporary name and renamed when complete: an interrupted initdb leaves a directory that looks initialised but never
 * starts.
 */
export async function ensureCluster(placement: Placement, password: string, log: Logger): Promise<void> {
  const { clusterDir, account } = placement;
  await removeUnfinished(clusterDir);
  if (await clusterExists(clusterDir)) {
    // A backup restored by root belongs to root, whom PostgreSQL refuses.
    if (account !== undefined && (await stat(clusterDir)).uid === 0) await chownTree(clusterDir, account);
    return;
  }
  const id = randomUUID();
  const unfinished = `${clusterDir}.init-${id}`;
  const passwordFile = `${clusterDir}.pw-${id}`;
  const parent = path.dirname(clusterDir);
  try {
    await makeDirectory(unfinished, 0o700, account);
    await writeFile(passwordFile, password, { mode: 0o600, flag: 'wx' });
    if (account !== undefined) await chown(passwordFile, account.uid, account.gid);
    const args = [`--pgdata=${unfinished}`, `--username=${SUPERUSER}`, `--pwfile=${passwordFile}`];
    const flags = [...LOCALE_FLAGS, '--auth=scram-sha-256', '--no-instructions'];
    const result = await run(program(placement.binaries, 'initdb'), [...args, ...flags], {
      cwd: unfinished,
      ...(account && { account }),
    });
    if (result.code !== 0) {
      throw new EmbeddedServerError(`The database could not be created in ${parent}:\n${result.output}`);
    }
    await publish(unfinished, clusterDir);
    await syncDirectory(parent);
    log.info({ database: clusterDir }, 'database created');
  } finally {
    await rm(passwordFile, { force: true });
    await removeTree(unfinished);
  }
}

/** Renames a complete cluster to its final name. If another one already exists there, that one is used. */
async function publish(unfinished: string, clusterDir: string): Promise<void> {
  try {
    await rename(unfinished, clusterDir);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
    if (await clusterExists(clusterDir)) return;
    throw new EmbeddedServerError(
      `${clusterDir} is in the way of the database: it is not empty, and it is not a database. Move it elsewhere.`,
      { cause: error },
    );
  }
}
