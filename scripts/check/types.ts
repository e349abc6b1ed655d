import { spawnSync } from 'node:child_process';

/**
 * Type errors that lie in the given files. The compiler always looks at the whole program; somebody's half-done work
 * elsewhere must not stop a commit that does not touch it.
 * @param only paths relative to the working directory
 */
export function typeErrorsIn(only: readonly string[]): string[] {
  const { stdout } = spawnSync('tsc', ['-p', '.', '--pretty', 'false'], { encoding: 'utf8' });
  return diagnosticsIn(stdout, new Set(only));
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
