import { spawnSync } from 'node:child_process';

/** Each with a tsconfig.json of its own: what runs in Node, what runs in a browser, what drives one, and the service worker. */
export const PROGRAMS = ['.', 'packages/web', 'packages/web/e2e', 'packages/web/src/sw'];

/** The program that a file belongs to. */
function programOf(path: string): string {
  if (/^(packages\/web\/e2e|bench\/web)\//.test(path)) return 'packages/web/e2e';
  if (path.startsWith('packages/web/src/sw/')) return 'packages/web/src/sw';
  return path.startsWith('packages/web/src/') ? 'packages/web' : '.';
}

/**
 * Type errors that lie in the given files. The compiler always looks at the whole program; somebody's half-done work
 * elsewhere must not stop a commit that does not touch it.
 * @param only paths relative to the working directory
 */
export function typeErrorsIn(only: readonly string[]): string[] {
  const programs = new Set(only.map(programOf));
  return [...programs].flatMap((program) => {
    const { stdout } = spawnSync('tsc', ['-p', program, '--pretty', 'false'], { encoding: 'utf8' });
    return diagnosticsIn(stdout, new Set(only));
  });
}

/** Picks the diagnostics of some files out of what tsc printed; a diagnostic's further lines are indented. */
export function diagnosticsIn(output: string, only: ReadonlySet<string>): string[] {
  let wanted = false;
  return output.split('\n').filter((line) => {
    const path = /^(\S.*?)\(\d+,\d+\): /.exec(line)?.[1];
    if (path !== undefined) wanted = only.has(path);
    return wanted && line.trim() !== '';
  });
}
