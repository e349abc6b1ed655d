import { randomBytes } from 'node:crypto';
import path from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { type ServerProcess, startServer } from '../faults/harness/server.ts';
import { type Cleanup, freePort, workDirectory } from '../faults/harness/work-directory.ts';
import { TEMPLATE } from '../global-setup.ts';

/** Several nodes on one database, each with its own data directory. */
export interface Nodes {
  databaseUrl: string;
  /** The n-th node in its current run. */
  at(index: number): ServerProcess;
  /** Starts the n-th node again, on its port; it must have ended. */
  restart(index: number): Promise<ServerProcess>;
}

export interface NodesOptions {
  count: number;
  redisUrl: string | undefined;
  env?: Record<string, string>;
  /** Code that runs before the server of the n-th node. */
  preload?: (index: number) => string | undefined;
  /** A replacement for the real server, with its arguments: one of those in the fault tests. */
  script?: string;
  args?: string[];
}

async function freshDatabase(cleanup: Cleanup): Promise<string> {
  const clusterUrl = inject('clusterUrl');
  const name = `test_${randomBytes(8).toString('hex')}`;
  const asAdmin = async (statement: string) => {
    const admin = new pg.Client({ connectionString: clusterUrl });
    await admin.connect();
    await admin.query(statement).finally(() => admin.end());
  };
  await asAdmin(`create database ${name} template ${TEMPLATE} strategy file_copy`);
  cleanup(() => asAdmin(`drop database if exists ${name} with (force)`));
  const url = new URL(clusterUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Starts the server as often as wanted, with the command that starts one node. */
export async function startNodes(
  { count, redisUrl, env, preload, ...program }: NodesOptions,
  cleanup: Cleanup,
): Promise<Nodes> {
  const databaseUrl = await freshDatabase(cleanup);
  const directory = await workDirectory(cleanup);
  const ports = await Promise.all(Array.from({ length: count }, freePort));
  const start = (index: number) =>
    startServer({
      dataDir: path.join(directory, `node-${index}`),
      port: ports[index] ?? 0,
      preload: preload?.(index),
      ...program,
      env: { DATABASE_URL: databaseUrl, ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }), ...env },
    });
  const running = ports.map((_, index) => start(index));
  await Promise.all(running.map((node) => node.ready()));
  const at = (index: number) => {
    const node = running[index];
    if (node === undefined) throw new RangeError(`There is no node ${index}.`);
    return node;
  };
  return {
    databaseUrl,
    at,
    async restart(index) {
      const node = start(index);
      running[index] = node;
      await node.ready();
      return node;
    },
  };
}
