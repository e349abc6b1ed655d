import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** On Ctrl-C the terminal signals every process in front and npm passes it on once more: that is one wish. */
const SAME_WISH_MS = 300;
const FOLLOW_PARENT = new URL('./follow-parent.mjs', import.meta.url).href;
const ORPHAN_CHECK_MS = 1_000;
const windows = process.platform === 'win32';

/**
 * Runs a program in our place: its streams are ours, every signal reaches it exactly once, and we end as it ends.
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 */
export function runChild(command, args, cwd) {
  const bin = path.join(cwd, 'node_modules', '.bin');
  const child = spawn(command, windows ? args : ['--import', FOLLOW_PARENT, ...args], {
    cwd,
    env: {
      ...process.env,
      PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}`,
      ATRIUM_STARTED_BY: String(process.pid),
    },
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    // Out of the terminal's process group, or it would get each Ctrl-C from the terminal and again from us.
    detached: !windows,
  });

  const lastAt = new Map();
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      const now = performance.now();
      if (now - (lastAt.get(signal) ?? Number.NEGATIVE_INFINITY) < SAME_WISH_MS) return;
      lastAt.set(signal, now);
      if (!windows) child.kill(signal);
    });
  }

  // npm is more often killed outright than asked to stop, by a program that started it and wants to be rid of it.
  const npm = process.env.npm_lifecycle_event ? process.ppid : undefined;
  const orphanCheck = setInterval(() => {
    if (npm === undefined || process.ppid === npm) return;
    clearInterval(orphanCheck);
    if (lastAt.size === 0) child.kill('SIGTERM');
  }, ORPHAN_CHECK_MS);

  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      clearInterval(orphanCheck);
      for (const name of SIGNALS) process.removeAllListeners(name);
      if (signal) process.kill(process.pid, signal);
      process.exitCode = code ?? 1;
      resolve();
    });
  });
}
