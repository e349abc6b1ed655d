import { chmodSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataDirInUse, EmbeddedServerError } from '../errors.ts';

/** Ownership of a cluster, for as long as this process lives or until released. */
export interface Ownership {
  release(): void;
}

/** A predecessor that was just killed may need a moment to be gone. */
const WAIT_MS = 2_000;
const POLL_MS = 50;
const SQLITE_BUSY = 5;

/** Locks held here, so that the collector does not close one that nobody mentions any more. */
const held = new Set<DatabaseSync>();

function openLockFile(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file, { timeout: 0 });
  } catch (error) {
    throw new EmbeddedServerError(
      `${file} cannot be opened: the data directory may belong to another user. Start Atrium as that user or as ` +
        'root, or use another DATA_DIR.',
      { cause: error },
    );
  }
}

/** Returns undefined when another process has the lock. */
function tryLock(file: string): DatabaseSync | undefined {
  const handle = openLockFile(file);
  try {
    // Nothing is ever written; without this setting a journal file would appear beside the lock.
    handle.exec('pragma journal_mode = off; begin exclusive');
    return handle;
  } catch (error) {
    handle.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return undefined;
    throw error;
  }
}

/**
 * Makes this process the only one that uses a cluster. Throws DataDirInUse when another one keeps it.
 *
 * The lock is the operating system's own file lock, taken through the SQLite that Node brings along, because Node has
 * no other way to it. The kernel frees it when the process ends, however it ends, so there is no stale lock to judge;
 * it works alike on Linux, macOS and Windows, and between containers that share a volume. A socket does not: its file
 * stays behind after kill -9 (removing it races with the next owner), and abstract sockets exist on Linux only and
 * not across containers. A lock inside PostgreSQL would come too late, since starting it is what must be guarded.
 * PostgreSQL itself does not inherit the lock, so it never outlives us in its name.
 */
export async function takeOwnership(clusterDir: string, waitMs: number = WAIT_MS): Promise<Ownership> {
  const file = `${clusterDir}.lock`;
  const note = `${clusterDir}.owner`;
  const deadline = performance.now() + waitMs;
  let handle = tryLock(file);
  while (handle === undefined) {
    if (performance.now() >= deadline) {
      const owner = (await readFile(note, 'utf8').catch(() => '')).trim();
      throw new DataDirInUse(
        `The database in ${clusterDir} is in use by another Atrium${owner && ` (process ${owner})`}. ` +
          'Stop that one first, use another DATA_DIR, or give both the same DATABASE_URL.',
      );
    }
    await sleep(POLL_MS);
    handle = tryLock(file);
  }
  const lock = handle;
  held.add(lock);
  chmodSync(file, 0o600);
  // Only for the message above; the lock alone decides.
  await writeFile(note, `${process.pid}\n`, { mode: 0o600 });
  return {
    release() {
      if (held.delete(lock)) lock.close();
    },
  };
}
