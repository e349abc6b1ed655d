import { access, chmod, chown, constants, lstat, mkdir, readlink, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from 'pino';
import { EmbeddedServerError } from '../errors.ts';
import { accountOfOwner, unprivilegedAccount } from './account.ts';
import { type Binaries, findBinaries, restoreLinks } from './binaries.ts';
import { makeDirectory } from './files.ts';
import { canRunBinaries, firstBarrier } from './reach.ts';
import type { Account } from './run.ts';
import { linkSharedCluster, openSharedDirectory, SHARED_ROOTS, shareBinaries } from './shared-directory.ts';

/** Where the cluster is or will be, and with which programs and as which user it runs. */
export interface Placement {
  /** Real path of DATA_DIR. */
  readonly dataDir: string;
  /** Real path of the cluster, which may not exist yet. Its lock, log and port files are beside it, named after it. */
  readonly clusterDir: string;
  readonly binaries: Binaries;
  /** Set only if we are root. */
  readonly account?: Account;
}

export interface PlacementOptions {
  dataDir: string;
  log: Logger;
  /** The installed programs; found automatically if absent. */
  binaries?: Binaries;
  /** Where files go that the unprivileged user could not reach otherwise; see SHARED_ROOTS. */
  sharedRoots?: readonly string[];
}

/** Follows DATA_DIR/database if it is a link (ours, or an administrator's to another disk), even a dangling one. */
async function followLink(link: string): Promise<string> {
  const entry = await lstat(link).catch(() => undefined);
  if (!entry?.isSymbolicLink()) return link;
  const target = path.resolve(path.dirname(link), await readlink(link));
  await mkdir(path.dirname(target), { recursive: true, mode: 0o711 });
  return path.join(await realpath(path.dirname(target)), path.basename(target));
}

const STICKY = 0o1000;

/** Lets the group of this account pass through a private directory of ours. Returns whether that was possible. */
async function letPass(directory: string, account: Account): Promise<boolean> {
  const entry = await stat(directory);
  if (entry.uid !== process.geteuid?.()) return false;
  // A concurrent start was faster.
  if (entry.gid === account.gid && (entry.mode & 0o077) === 0o010) return true;
  if ((entry.mode & 0o077) !== 0) return false;
  await chown(directory, entry.uid, account.gid);
  await chmod(directory, (entry.mode & 0o700) | 0o010);
  return true;
}

/**
 * The first directory on the way to `parent` that stays closed. May be opened: `parent` itself, which is ours, and
 * temporary directories, since files below one must disappear with it.
 */
async function openWay(parent: string, account: Account): Promise<string | undefined> {
  const barrier = await firstBarrier(parent, account);
  if (barrier === undefined) return undefined;
  const temporary = ((await stat(path.dirname(barrier))).mode & STICKY) !== 0;
  if ((barrier === parent || temporary) && (await letPass(barrier, account))) return openWay(parent, account);
  return barrier;
}

async function placeCluster(dataDir: string, account: Account, roots: readonly string[], log: Logger): Promise<string> {
  const link = path.join(dataDir, 'database');
  const clusterDir = await followLink(link);
  const parent = path.dirname(clusterDir);
  const barrier = await openWay(parent, account);
  if (barrier === undefined) return clusterDir;
  if (clusterDir !== link || (await lstat(link).catch(() => undefined))) {
    throw new EmbeddedServerError(
      `The database in ${clusterDir} must run as user ${account.name}, who may not pass through ${barrier}. ` +
        `Allow it (chmod o+x ${barrier}) or move the data directory.`,
    );
  }
  return linkSharedCluster(link, await openSharedDirectory(roots, account), log);
}

async function placeForRoot(dataDir: string, installed: Binaries, options: PlacementOptions): Promise<Placement> {
  const roots = options.sharedRoots ?? SHARED_ROOTS;
  const owner = await stat(path.join(dataDir, 'database')).catch(() => undefined);
  const account = owner === undefined || owner.uid === 0 ? await unprivilegedAccount() : await accountOfOwner(owner);
  const complete = await restoreLinks(installed.native);
  const usable = complete && (await canRunBinaries(installed.native, account));
  const binaries = usable ? installed : await shareBinaries(installed, await openSharedDirectory(roots, account));
  const clusterDir = await placeCluster(dataDir, account, roots, options.log);
  options.log.info(
    { user: account.name, database: clusterDir, programs: binaries.native },
    `started as root, which PostgreSQL refuses: it runs as user ${account.name}`,
  );
  return { dataDir, clusterDir, binaries, account };
}

/**
 * Creates the data directory if needed and returns its real path. Throws EmbeddedServerError if that is not possible.
 */
async function openDataDir(wanted: string): Promise<string> {
  try {
    await mkdir(path.dirname(wanted), { recursive: true });
    await makeDirectory(wanted, 0o700);
    await access(wanted, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new EmbeddedServerError(`The data directory ${wanted} cannot be used: ${reason}`, { cause: error });
  }
  const dataDir = await realpath(wanted);
  // pg_ctl starts the server through a shell, with the path in double quotes.
  if (process.platform !== 'win32' && /["$`\\\n]/.test(dataDir)) {
    throw new EmbeddedServerError(`The path of the data directory, ${dataDir}, may not contain any of " $ \` \\.`);
  }
  return dataDir;
}

/**
 * Decides where the cluster is and who runs it. An ordinary user runs everything in place. For root, an existing
 * unprivileged user runs it; what that user cannot reach (a clone below /root) moves to a shared directory, and
 * DATA_DIR/database becomes a link. The decision is stable.
 */
export async function decidePlacement(options: PlacementOptions): Promise<Placement> {
  const dataDir = await openDataDir(path.resolve(options.dataDir));
  const installed = options.binaries ?? (await findBinaries());
  if (process.geteuid?.() === 0) return placeForRoot(dataDir, installed, options);
  await restoreLinks(installed.native);
  return { dataDir, clusterDir: await followLink(path.join(dataDir, 'database')), binaries: installed };
}
