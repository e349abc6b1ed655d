import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

const HEARTBEAT_MS = 2_000;
const POLL_MS = 200;
/** A holder that cannot be asked (other host, reused pid) is given up after this long without a heartbeat. */
const SILENT_MS = 30_000;

/**
 * Runs `work` while no other process does so under the same file. Whoever died holding it is noticed.
 * @template T
 * @param {string} file the lock; its folder must exist
 * @param {() => void} onWait called once if somebody else holds it
 * @param {(alsoHeldBy: (pid: number) => void) => Promise<T>} work names with `alsoHeldBy` the programs it starts: one
 *   that outlives us still holds the lock
 * @returns {Promise<T>}
 */
export async function withLock(file, onWait, work) {
  const token = `${hostname()} ${Date.now()} ${process.pid}`;
  await acquire(file, token, onWait);
  const beat = setInterval(() => {
    const now = new Date();
    // Gone with the folder, for instance: the work itself will say so.
    try {
      utimesSync(file, now, now);
    } catch {}
  }, HEARTBEAT_MS);
  const release = () => {
    if (read(file).startsWith(token)) rmSync(file, { force: true });
  };
  const alsoHeldBy = (pid) => writeFileSync(file, `${token} ${pid}`);
  process.on('exit', release);
  try {
    return await work(alsoHeldBy);
  } finally {
    clearInterval(beat);
    process.off('exit', release);
    release();
  }
}

async function acquire(file, token, onWait) {
  let waited = false;
  let last = { key: '', since: 0 };
  while (true) {
    if (tryCreate(file, token)) return;
    if (!waited) onWait();
    waited = true;

    const holder = read(file);
    const key = `${holder} ${beatOf(file)}`;
    // Timed by our own clock: after a sleep of the machine the file looks old although its holder lives.
    if (key !== last.key) last = { key, since: performance.now() };
    if (isDead(holder) || performance.now() - last.since > SILENT_MS) {
      takeAway(file, holder);
      if (tryCreate(file, token)) {
        // Another waiter may have judged the old holder dead too and taken ours away by mistake.
        await sleep(POLL_MS);
        if (read(file) === token) return;
      }
      continue;
    }
    await sleep(POLL_MS);
  }
}

/** Creates the lock with its content in one step, so that nobody ever reads an empty one. */
function tryCreate(file, token) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, token);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes the lock of `holder`; if it has meanwhile become somebody else's, puts that one back. */
function takeAway(file, holder) {
  const aside = `${file}.${process.pid}.old`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (read(aside) !== holder) {
    try {
      linkSync(aside, file);
    } catch {}
  }
  rmSync(aside, { force: true });
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function beatOf(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function isDead(holder) {
  const [host, , ...pids] = holder.split(' ');
  return host === hostname() && pids.every((pid) => !isAlive(Number(pid)));
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code !== 'ESRCH';
  }
}
