import { spawn } from 'node:child_process';

/** The operating-system user that PostgreSQL runs as. Only given when we are root, which PostgreSQL refuses. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** What a program said and how it ended; `code` is null when a signal ended it. */
export interface RunResult {
  readonly code: number | null;
  readonly output: string;
}

const OUTPUT_LIMIT = 64 * 1024;
/** After the program has gone, how long a child of it may keep our end of its output open. */
const DRAIN_MS = 300;

/**
 * PostgreSQL's programs get nothing from our environment: a stray PGPORT, LANG or TZ would otherwise decide how the
 * cluster is made.
 */
function environment(): NodeJS.ProcessEnv {
  const fixed = { LC_ALL: 'C', TZ: 'UTC' };
  // Windows cannot load system libraries without this one.
  return process.platform === 'win32' ? { ...fixed, SystemRoot: 'C:\\Windows' } : fixed;
}

/**
 * Runs one of PostgreSQL's programs to its end, in its own session: a Ctrl-C in our terminal must reach neither it nor
 * the server it starts. Rejects only when the program cannot be started at all.
 */
export function run(
  file: string,
  args: readonly string[],
  options: { account?: Account; cwd: string },
): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: environment(),
      detached: true,
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.account && { uid: options.account.uid, gid: options.account.gid }),
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-OUTPUT_LIMIT);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('exit', (code) => {
      const done = (): void => {
        child.stdout.destroy();
        child.stderr.destroy();
        resolve({ code, output: output.trim() });
      };
      const timer = setTimeout(done, DRAIN_MS);
      child.on('close', () => {
        clearTimeout(timer);
        done();
      });
    });
  });
}
