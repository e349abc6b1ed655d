import { readFileSync } from 'node:fs';

/** Resident memory of a process, in bytes; 0 if it has ended. Linux only. */
export function residentBytes(pid: number): number {
  const [, kilobytes = 0] = /VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`)) ?? [];
  return Number(kilobytes) * 1024;
}

/** The same for a process and all its children. */
export function residentBytesOfTree(pid: number): number {
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean);
  return residentBytes(pid) + children.reduce((sum, child) => sum + residentBytesOfTree(Number(child)), 0);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
