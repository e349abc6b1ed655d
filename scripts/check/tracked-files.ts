import { execFileSync } from 'node:child_process';

/** Paths under `root`, relative with forward slashes, that git tracks or would add. */
export function projectFiles(root: string): string[] {
  return list(root, ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', '-z']);
}

/** Paths that the next commit adds or changes; deleted ones are left out. */
export function stagedFiles(root: string): string[] {
  return list(root, ['diff', '--cached', '--name-only', '--diff-filter=ACMR', '-z']);
}

function list(root: string, args: string[]): string[] {
  // The exception: git refuses a clone of another user, whose files this check only reads.
  const git = ['-c', `safe.directory=${root}`, '-C', root, ...args];
  const output = execFileSync('git', git, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return output.split('\0').filter((path) => path !== '');
}
