import type { Part } from './run-parts.ts';
import { typeErrorsIn } from './types.ts';

const LINTED = /\.(ts|tsx|mjs|js)$/;
const FORMATTED = /\.(ts|tsx|mjs|js|json|css)$/;

/**
 * The parts of the check.
 * @param root the repository
 * @param only the files to look at, relative to `root`; all of them if absent
 */
export function partsFor(_root: string, only?: string[]): Part[] {
  const linted = only ? only.filter((path) => LINTED.test(path)) : ['packages', 'bench', 'scripts'];
  const formatted = only ? only.filter((path) => FORMATTED.test(path)) : ['.'];
  const parts: Part[] = [];
  parts.push(only ? { name: 'types', find: () => typeErrorsIn(only) } : { name: 'types', command: ['tsc', '-p', '.'] });
  if (formatted.length > 0) {
    const biome = ['biome', 'check', '--error-on-warnings', '--no-errors-on-unmatched', '--max-diagnostics=50'];
    parts.push({ name: 'format and lint', command: [...biome, ...formatted] });
  }
  if (linted.length > 0) parts.push({ name: 'promises and switches', command: ['oxlint', '--type-aware', ...linted] });
  return parts;
}
