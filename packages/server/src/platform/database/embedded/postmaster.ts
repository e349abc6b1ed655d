import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from 'pino';
import { inspectProcess, type ProcessInfo } from './process-info.ts';

/** A running server of a cluster. */
export interface Postmaster {
  readonly pid: number;
  /** Undefined while it has not written it yet. */
  readonly port: number | undefined;
}

/** Lines of postmaster.pid, from PostgreSQL's own definition: 1 process id, 2 data directory, 4 port. */
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
 * Finds the running server of a cluster. The file it leaves behind when it is killed is removed, because PostgreSQL
 * itself only asks whether some process has that number, and then refuses to start: a zombie or a stranger would block
 * it for ever. Should we be wrong, PostgreSQL still refuses to open a cluster whose shared memory is in use.
 */
export async function findPostmaster(clusterDir: string, log: Logger): Promise<Postmaster | undefined> {
  const file = path.join(clusterDir, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const postmaster = parsePidFile(text);
  const info = postmaster && (await inspectProcess(postmaster.pid));
  if (postmaster && info && isServerOf(info, clusterDir)) return postmaster;
  // Somebody may have started the server while we looked.
  if ((await readFile(file, 'utf8').catch(() => undefined)) !== text) return findPostmaster(clusterDir, log);
  await rm(file, { force: true });
  log.warn({ pid: postmaster?.pid, state: info?.state }, 'removed the postmaster.pid of a server that is no more');
  return undefined;
}
