import { spawn } from 'node:child_process';

/** The operating-system user for PostgreSQL. Only set if we are root, which PostgreSQL refuses. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** The output and exit code of a program; `code` is null if a signal ended it. */
export interface RunResult {
  readonly code: number | null;
  readonly output: string;
}

const OUTPUT_LIMIT = 64 * 1024;
/** How long a child process may keep the output open after the program has ended. */
const DRAIN_MS = 300;

/**
 * PostgreSQL's programs do not inherit our environment: a stray PGPORT, LANG or TZ would otherwise affect how the
 * cluster is created.
 */
function environment(): NodeJS.ProcessEnv {
  const fixed = { LC_ALL: 'C', TZ: 'UTC' };
  // Windows cannot load system libraries without this one.
  return process.platform === 'win32' ? { ...fixed, SystemRoot: 'C:\\Windows' } : fixed;
}

/**
 * Runs a PostgreSQL program to its end, in its own session: Ctrl-C in our terminal must not reach it or the server it
 * starts. Rejects only if the program cannot be started.
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
