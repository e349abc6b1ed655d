import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { borderComplaints } from './borders/index.ts';
import { tableComplaints } from './borders/tables.ts';
import { sizeComplaints, wordComplaints } from './house-rules.ts';
import { productWordComplaints, productWords } from './product-words.ts';
import type { Part } from './run-parts.ts';
import { supplyComplaints } from './supply-chain.ts';
import { projectFiles } from './tracked-files.ts';
import { PROGRAMS, typeErrorsIn } from './types.ts';

const LINTED = /\.(ts|tsx|mjs|js)$/;
const FORMATTED = /\.(ts|tsx|mjs|js|json|css)$/;
const BINARY = /\.(png|jpe?g|webp|ico|woff2|gz|zip|pdf)$/;

const BIOME = ['biome', 'check', '--error-on-warnings', '--no-errors-on-unmatched', '--max-diagnostics=50'];
const OXLINT = ['oxlint', '--type-aware'];

/**
 * Everything that is checked, over the whole repository.
 * @param root the repository, which is also the working directory
 */
export function wholeCheck(root: string): Part[] {
  return [
    ...PROGRAMS.map((project) => ({ name: `types of ${project}`, command: ['tsc', '-p', project] })),
    { name: 'format and lint', command: [...BIOME, '.'] },
    { name: 'promises and switches', command: [...OXLINT, 'packages', 'bench', 'scripts'] },
    { name: 'dead code', command: ['knip', '--no-progress', '--no-config-hints'] },
    { name: 'tables', find: () => tableComplaints(root, projectFiles(root)) },
    ...ownParts(root, projectFiles(root)),
  ];
}

/**
 * The same for what is about to be committed. Dead code is left out: a commit may bring what the next one uses.
 * @param staged paths relative to `root`
 */
export function stagedCheck(root: string, staged: string[]): Part[] {
  const formatted = staged.filter((path) => FORMATTED.test(path));
  const linted = staged.filter((path) => LINTED.test(path));
  return [
    ...(formatted.length > 0 ? [{ name: 'format and lint', command: [...BIOME, ...formatted] }] : []),
    ...(linted.length > 0
      ? [
          { name: 'promises and switches', command: [...OXLINT, ...linted] },
          { name: 'types', find: () => typeErrorsIn(linted) },
        ]
      : []),
    ...ownParts(root, staged),
  ];
}

function ownParts(root: string, paths: string[]): Part[] {
  const forbidden = productWords(readdirSync(join(root, 'packages/server/src/modules')));
  const present = paths.filter((path) => !BINARY.test(path) && existsSync(join(root, path)));
  const each = (find: (path: string, text: string) => string[]) => () =>
    present.flatMap((path) => find(path, readFileSync(join(root, path), 'utf8')));
  return [
    { name: 'borders', find: () => borderComplaints(root, present) },
    { name: 'product words', find: each((path, text) => productWordComplaints(path, text, forbidden)) },
    { name: 'sizes', find: each(sizeComplaints) },
    { name: 'words', find: each(wordComplaints) },
    {
      name: 'lock file',
      find: each((path, text) => (path === 'package-lock.json' ? supplyComplaints(text) : [])),
    },
  ];
}
