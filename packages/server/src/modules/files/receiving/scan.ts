import { execFile } from 'node:child_process';
import { problem } from '../../../platform/module/index.ts';

/** Scans a file. @throws `bad_type` for one that must not be stored, `unavailable` when it cannot be scanned */
export type ScanFile = (file: { path: string; filename: string }) => Promise<void>;

const TIMEOUT_MS = 60_000;
/** As clamscan, clamdscan and most others say it. */
const INFECTED = 1;

/**
 * Scans with a program of the operator: the path of the file is its last argument, 0 means clean, 1 infected, anything
 * else a fault. A file that cannot be scanned is not stored.
 * @param command program and arguments, separated by blanks; undefined: nothing is scanned
 */
export function createScan(command: string | undefined): ScanFile {
  const [program, ...args] = command?.split(/\s+/).filter(Boolean) ?? [];
  if (program === undefined) return async () => undefined;
  return async ({ path, filename }) => {
    const code = await run(program, [...args, path]);
    if (code === 0) return;
    if (code === INFECTED) throw problem('bad_type', `${filename}: the virus scanner refuses it.`);
    throw problem('unavailable', { detail: 'Files cannot be scanned right now', retryAfterMs: 60_000 });
  };
}

/** The exit code; undefined if the program did not start, or did not end in time. */
function run(program: string, args: readonly string[]): Promise<number | undefined> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: TIMEOUT_MS, killSignal: 'SIGKILL' }, (error) => {
      if (error === null) resolve(0);
      else resolve(typeof error.code === 'number' ? error.code : undefined);
    });
  });
}
