import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Account } from './run.ts';

const READ = 4;
const ENTER = 1;

/** Whether the permission bits grant `account` all of `wanted` (4 read, 2 write, 1 execute or search). */
async function permits(file: string, account: Account, wanted: number): Promise<boolean> {
  const entry = await stat(file).catch(() => undefined);
  if (entry === undefined) return false;
  let bits = entry.mode & 7;
  if (entry.uid === account.uid) bits = (entry.mode >> 6) & 7;
  else if (entry.gid === account.gid) bits = (entry.mode >> 3) & 7;
  return (bits & wanted) === wanted;
}

/** The directory and all its ancestors, from the root down. */
function ancestry(directory: string): string[] {
  const parent = path.dirname(directory);
  return parent === directory ? [directory] : [...ancestry(parent), directory];
}

/**
 * The first directory on the way to and including `directory` that `account` may not pass through, or undefined.
 * Decided from permission bits, because trying would need a process of that user. The path must be real (no symbolic
 * links).
 */
export async function firstBarrier(directory: string, account: Account): Promise<string | undefined> {
  for (const step of ancestry(directory)) {
    if (!(await permits(step, account, ENTER))) return step;
  }
  return undefined;
}

/** Whether `account` can run the PostgreSQL programs in `native`. One file of each kind is checked for all of them. */
export async function canRunBinaries(native: string, account: Account): Promise<boolean> {
  const samples = [
    { file: 'bin/postgres', wanted: READ | ENTER },
    { file: 'bin/initdb', wanted: READ | ENTER },
    { file: 'bin/pg_ctl', wanted: READ | ENTER },
    { file: 'share/postgresql/postgres.bki', wanted: READ },
    { file: 'share/postgresql/timezonesets/Default', wanted: READ },
  ];
  for (const { file, wanted } of samples) {
    const full = path.join(native, file);
    if ((await firstBarrier(path.dirname(full), account)) !== undefined) return false;
    if (!(await permits(full, account, wanted))) return false;
  }
  return true;
}
