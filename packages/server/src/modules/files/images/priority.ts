import { readdirSync } from 'node:fs';
import { setPriority } from 'node:os';
import process from 'node:process';

/**
 * Lets this process run behind others. Linux has a priority for each thread, and those that do the work are there before
 * the first line of a program runs: each of them gets it by itself. Later ones inherit it.
 * @param niceness 0 (as everything else) to 19
 */
export function runBehind(niceness: number): void {
  setPriority(niceness);
  if (process.platform !== 'linux') return;
  for (const thread of readdirSync('/proc/self/task')) setThread(Number(thread), niceness);
}

function setThread(id: number, niceness: number): void {
  try {
    setPriority(id, niceness);
  } catch (error) {
    // It has ended meanwhile.
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_SYSTEM_ERROR')) throw error;
  }
}
