import { chmodSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataDirInUse, EmbeddedServerError } from '../errors.ts';

/** A lock that is held until released or until this process ends. */
export interface Lock {
  release(): void;
}

/** A predecessor that was just killed may need a moment to terminate. */
const WAIT_MS = 2_000;
const POLL_MS = 50;
const SQLITE_BUSY = 5;

/** Locks of this process, kept from garbage collection, which would close them. */
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

/** Returns undefined if another process holds the lock. */
function tryLock(file: string): Lock | undefined {
  const handle = openLockFile(file);
  try {
    // Nothing is ever written; this setting avoids a journal file beside the lock.
    handle.exec('pragma journal_mode = off; begin exclusive');
    chmodSync(file, 0o600);
  } catch (error) {
    handle.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return undefined;
    throw error;
  }
  held.add(handle);
  return {
    release() {
      if (held.delete(handle)) handle.close();
    },
  };
}

/**
 * Acquires the lock of a file, which is created if missing. Returns undefined if another process holds it for `waitMs`.
 * It is the operating system's file lock, acquired through Node's SQLite, since Node has no API for it. The kernel
 * releases it when the process ends in any way, so locks are never stale; it works on Linux, macOS and Windows, and
 * between containers that share a volume. A socket does not: its file remains after kill -9 (removing it races with the
 * next owner), and abstract sockets exist on Linux only and not across containers. A lock inside PostgreSQL would be
 * too late, since it is the start that must be guarded. PostgreSQL does not inherit the lock, so it cannot hold it
 * after we end.
 */
export async function lockFile(file: string, waitMs: number): Promise<Lock | undefined> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    const lock = tryLock(file);
    if (lock !== undefined || performance.now() >= deadline) return lock;
    await sleep(POLL_MS);
  }
}

/** Makes this process the only user of a cluster. Throws DataDirInUse if another process uses it. */
export async function takeOwnership(clusterDir: string, waitMs: number = WAIT_MS): Promise<Lock> {
  const lock = await lockFile(`${clusterDir}.lock`, waitMs);
  const note = `${clusterDir}.owner`;
  if (lock === undefined) {
    const owner = (await readFile(note, 'utf8').catch(() => '')).trim();
    throw new DataDirInUse(
      `The database in ${clusterDir} is in use by another Atrium${owner && ` (process ${owner})`}. ` +
        'Stop that one first, use another DATA_DIR, or give both the same DATABASE_URL.',
    );
  }
  // Only for the message above; the lock alone decides.
  await writeFile(note, `${process.pid}\n`, { mode: 0o600 });
  return lock;
}
