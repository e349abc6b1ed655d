import { type Stats, statfs } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Finding, failed, ok, warning } from './check.ts';
import { readableBytes } from './readable-bytes.ts';

const statfsOf = promisify(statfs);
const OLDEST_NODE = 24;
const LITTLE_BYTES = 2_000_000_000;
const LITTLE_SHARE = 0.05;
const TOO_LITTLE_BYTES = 200_000_000;
/** The permission bits of group and others. */
const OF_OTHERS = 0o077;
/** The group of the database's user may traverse a data directory owned by root. */
const PASSING_GROUP = 0o010;

/** Checks the versions of Atrium and Node. */
export async function checkVersions({ program, node }: { program: string; node: string }): Promise<Finding> {
  const found = `Atrium ${program} on Node ${node}.`;
  if (Number.parseInt(node, 10) >= OLDEST_NODE) return ok(found);
  return failed(found, `Use Node ${OLDEST_NODE} or newer; npm start brings its own.`);
}

/** Checks the free space of the data directory. */
export async function checkDisk(directory: string, read: typeof statfsOf = statfsOf): Promise<Finding> {
  const { bavail, blocks, bsize } = await read(directory);
  const free = bavail * bsize;
  const found = `${readableBytes(free)} of ${readableBytes(blocks * bsize)} are free where ${directory} is.`;
  const next = 'Make room, or move DATA_DIR to a larger disk: when it is full, nothing can be written.';
  if (free < TOO_LITTLE_BYTES) return failed(found, next);
  return free < LITTLE_BYTES || free < blocks * bsize * LITTLE_SHARE ? warning(found, next) : ok(found);
}

/**
 * Checks whether other users of this machine can read the secrets.
 * @param files further files with secrets, such as .env; missing files are ignored
 */
export async function checkSecrets(dataDir: string, files: readonly string[] = []): Promise<Finding> {
  if (process.platform === 'win32') return ok('File modes are not looked at on Windows.');
  const directory = path.join(dataDir, 'secrets');
  const names = await readdir(directory).catch(() => []);
  const wanted = [directory, ...names.map((name) => path.join(directory, name)), ...files];
  const found = await Promise.all(
    wanted.map(async (file) => ({ file, entry: await lstat(file).catch(() => undefined) })),
  );
  const open = found.filter(({ entry }) => entry !== undefined && isOpen(entry)).map(({ file }) => file);
  if (open.length > 0) {
    return failed(`Others on this machine may read ${open.join(', ')}.`, `chmod go= ${open.join(' ')}`);
  }
  const entry = await lstat(dataDir).catch(() => undefined);
  if (entry !== undefined && (entry.mode & OF_OTHERS & ~PASSING_GROUP) !== 0) {
    return warning(`Others on this machine may look into ${dataDir}.`, `chmod go= ${dataDir}`);
  }
  return ok('Only the owner can read the secrets.');
}

const isOpen = (entry: Stats) => !entry.isSymbolicLink() && (entry.mode & OF_OTHERS) !== 0;
