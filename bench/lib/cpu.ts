import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks per second that Linux counts process time in. */
const TICKS = 100;

interface ProcessTimes {
  pid: number;
  parent: number;
  seconds: number;
  /** Without children that have ended. */
  own: number;
}

function readProcess(pid: number): ProcessTimes | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name may hold spaces and parentheses; the fields start after the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [parent = 0, ...rest] = fields.slice(1).map(Number);
    // utime, stime, and those of children that have ended.
    const ticks = rest.slice(9, 13).reduce((sum, value) => sum + value, 0);
    const own = rest.slice(9, 11).reduce((sum, value) => sum + value, 0);
    return { pid, parent, seconds: ticks / TICKS, own: own / TICKS };
  } catch {
    return undefined;
  }
}

/** CPU seconds that a process has used so far, without those that it has started. Linux only. */
export function cpuOf(pid: number): number {
  return readProcess(pid)?.own ?? 0;
}

/** CPU seconds that processes and everything below them have used so far. Linux only. */
export function cpuSeconds(roots: readonly number[]): number {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (readProcess(Number(name)) ?? []) : []));
  const wanted = new Set(roots);
  for (let size = -1; size !== wanted.size; ) {
    size = wanted.size;
    for (const { pid, parent } of all) if (wanted.has(parent)) wanted.add(pid);
  }
  return all.reduce((sum, { pid, seconds }) => (wanted.has(pid) ? sum + seconds : sum), 0);
}
