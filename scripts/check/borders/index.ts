import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cycles } from './cycles.ts';
import { crossings } from './rules.ts';
import { readSource } from './source-file.ts';

/**
 * Every place where a file reaches over a border, and every import cycle.
 * @param root the repository
 * @param paths its files, relative
 */
export function borderComplaints(root: string, paths: readonly string[]): string[] {
  const sources = paths
    .filter((path) => /^packages\/.*\.tsx?$/.test(path))
    .map((path) => readSource(path, readFileSync(join(root, path), 'utf8')));
  return [...sources.flatMap((source) => crossings(source)), ...cycles(sources)];
}
