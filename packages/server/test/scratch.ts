import { readFileSync, statfsSync } from 'node:fs';
import os from 'node:os';

const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 4 * 1024 ** 3;

/**
 * The directory for databases of a test run: in memory, if there is plenty of it and programs may run from it. Hundreds
 * of databases are created and dropped, and each waits if the disk is busy with other files.
 */
export function scratchDirectory(): string {
  if (process.env.TMPDIR !== undefined) return process.env.TMPDIR;
  try {
    const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
    const [, , type, options = ''] = mounts.find((line) => line.split(' ')[1] === MEMORY)?.split(' ') ?? [];
    const { bavail, bsize } = statfsSync(MEMORY);
    const fits = type === 'tmpfs' && !options.split(',').some((option) => option === 'noexec' || option === 'ro');
    return fits && bavail * bsize >= ENOUGH_BYTES ? MEMORY : os.tmpdir();
  } catch {
    return os.tmpdir();
  }
}
