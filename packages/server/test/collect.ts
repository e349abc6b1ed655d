import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

const SERVER = path.join(import.meta.dirname, '..');

/** What a feature exports from a file of its test folder. */
interface Collected<Exports> {
  /** Relative to the repository. */
  file: string;
  exports: Exports;
}

/**
 * Imports `modules/<feature>/test/<name>.ts` of every feature, or all files in `modules/<feature>/test/<name>/` if
 * there are several. No list contains these files.
 * @param name without `.ts`
 * @param required the name of an export; an error is thrown for a file without it
 */
export async function collect<Exports extends object>(
  name: string,
  required: keyof Exports & string,
): Promise<Collected<Exports>[]> {
  const found = globSync(`src/modules/*/test/{${name}.ts,${name}/*.ts}`, { cwd: SERVER }).sort();
  return Promise.all(
    found.map(async (each) => {
      const file = `packages/server/${each}`;
      const exports = (await import(path.join(SERVER, each))) as Exports;
      if (!(required in exports)) throw new Error(`${file} does not export "${required}"`);
      return { file, exports };
    }),
  );
}

/** The feature whose source implements an operation, for instance by `command(pins.add, …)`. */
function featureOf(operation: string): string | undefined {
  const implemented = new RegExp(`\\(\\s*${operation.replace('.', '\\.')}\\b`);
  const sources = globSync('src/modules/*/**/*.ts', { cwd: SERVER }).filter(
    (file) => !/\.test\.ts$|\/test\//.test(file),
  );
  return sources.find((file) => implemented.test(readFileSync(path.join(SERVER, file), 'utf8')))?.split(path.sep)[2];
}

/**
 * Names the file to write for each operation for which nothing was collected.
 * @param wanted names of operations
 * @param found names of operations with the file that covers them
 * @param name name of the files, without `.ts`
 */
export function missing(
  wanted: readonly string[],
  found: readonly { operation: string; file: string }[],
  name: string,
): string[] {
  const groupOf = (operation: string) => operation.split('.')[0];
  const covered = new Set(found.map(({ operation }) => operation));
  return wanted
    .filter((operation) => !covered.has(operation))
    .map((operation) => {
      const beside = found.find((other) => groupOf(other.operation) === groupOf(operation))?.file;
      const file = beside ?? `packages/server/src/modules/${featureOf(operation) ?? '<feature>'}/test/${name}.ts`;
      return `${operation} is missing in ${file}`;
    });
}
