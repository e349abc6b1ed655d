import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from 'pino';
import { inspectProcess, type ProcessInfo } from './process-info.ts';

/** The running server of a cluster. */
export interface Postmaster {
  readonly pid: number;
  /** Undefined until the server has written it. */
  readonly port: number | undefined;
}

/** Lines of postmaster.pid, as defined by PostgreSQL: 1 process id, 2 data directory, 4 port. */
export function parsePidFile(text: string): Postmaster | undefined {
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number.isInteger(port) && port > 0 ? port : undefined };
}

/** Whether a process is the server of this cluster. Its command line is as `pg_ctl` wrote it: `postgres -D <dir> …`. */
export function isServerOf(info: ProcessInfo, clusterDir: string): boolean {
  if (info.state !== 'alive') return false;
  if (process.platform === 'linux') {
    return path.basename(info.args[0] ?? '') === 'postgres' && info.args.includes(clusterDir);
  }
  if (process.platform === 'win32') return info.args.some((line) => line.toLowerCase().includes('postgres.exe'));
  return info.args.some((line) => line.includes(`-D ${clusterDir}`));
}

/**
 * Finds the running server of a cluster. Removes the pid file of a killed one, since PostgreSQL only checks whether
 * some process has that id, and then refuses to start: a zombie or an unrelated process would block it forever. Should
 * we be wrong, PostgreSQL still refuses to open a cluster whose shared memory is in use.
 */
export async function findPostmaster(clusterDir: string, log: Logger): Promise<Postmaster | undefined> {
  const file = path.join(clusterDir, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const postmaster = parsePidFile(text);
  const info = postmaster && (await inspectProcess(postmaster.pid));
  if (postmaster && info && isServerOf(info, clusterDir)) return postmaster;
  // The server may have been started in the meantime.
  if ((await readFile(file, 'utf8').catch(() => undefined)) !== text) return findPostmaster(clusterDir, log);
  await rm(file, { force: true });
  log.warn({ pid: postmaster?.pid, state: info?.state }, 'removed the postmaster.pid of a server that no longer runs');
  return undefined;
}
