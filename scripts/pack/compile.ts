import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

interface Compilation {
  /** Relative to the repository. */
  source: string;
  target: string;
  /** Whether types are written beside the modules. */
  declarations: boolean;
}

const run = promisify(execFile);

const NOT_SHIPPED = ['**/*.test.ts', '**/test'];
const isTest = (file: string) => /\.test\.ts$|(^|\/)test(\/|$)/.test(file);

/**
 * Compiles modules to JavaScript, file by file, and copies what lies beside them: Node does not strip the types of what
 * lies in node_modules.
 * @throws Error with what the compiler says
 */
export async function compile(root: string, { source, target, declarations }: Compilation): Promise<void> {
  const from = path.join(root, source);
  // Beside the packages, so that what they import is found.
  const folder = mkdtempSync(path.join(root, 'node_modules', '.atrium-pack-'));
  try {
    const project = path.join(folder, 'tsconfig.json');
    writeFileSync(project, JSON.stringify(projectOf(root, { from, target, declarations })));
    const tsc = path.join(root, 'node_modules/.bin/tsc');
    await run(tsc, ['-p', project, '--pretty', 'false']).catch((error: Error & { stdout?: string }) => {
      throw new Error(`${source} could not be compiled:\n${(error.stdout || error.message).slice(0, 2_000)}`);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  copyOthers(from, target);
}

function projectOf(root: string, { from, target, declarations }: Omit<Compilation, 'source'> & { from: string }) {
  return {
    extends: path.join(root, 'tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      allowImportingTsExtensions: false,
      rewriteRelativeImportExtensions: true,
      declaration: declarations,
      resolveJsonModule: true,
      rootDir: path.dirname(from),
      outDir: path.dirname(target),
      typeRoots: [path.join(root, 'node_modules/@types')],
    },
    include: [`${from}/**/*.ts`],
    exclude: NOT_SHIPPED.map((pattern) => `${from}/${pattern}`),
  };
}

/** Pictures and the like, which modules read. */
function copyOthers(from: string, target: string): void {
  for (const name of readdirSync(from, { recursive: true, encoding: 'utf8' })) {
    if (isTest(name) || /\.(ts|tsx)$/.test(name) || path.extname(name) === '') continue;
    cpSync(path.join(from, name), path.join(target, name), { recursive: true });
  }
}
