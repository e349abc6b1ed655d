import { readdirSync, readFileSync } from 'node:fs';

/** Resident memory of a process, in bytes; 0 if it has ended. Linux only. */
export function residentBytes(pid: number): number {
  const [, kilobytes = 0] = /VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`)) ?? [];
  return Number(kilobytes) * 1024;
}

/** The same for a process and all its children. */
export function residentBytesOfTree(pid: number): number {
  return residentBytes(pid) + childrenOf(pid).reduce((sum, child) => sum + residentBytesOfTree(child), 0);
}

/** The processes that a process has started, from whichever of its threads. Linux only. */
export function childrenOf(pid: number): number[] {
  return threadsOf(pid)
    .flatMap((thread) => read(`/proc/${pid}/task/${thread}/children`).split(' '))
    .filter(Boolean)
    .map(Number);
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
