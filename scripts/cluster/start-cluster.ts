import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../../packages/server/src/platform/database/index.ts';
import { createLog } from '../../packages/server/src/platform/log/index.ts';
import { startBalancer, type Target } from './balancer.ts';
import type { ClusterOptions } from './options.ts';
import { freePort, type Running, startNode, startRedis } from './processes.ts';

/** A cluster that serves. */
export interface Cluster {
  url: string;
  /** The processes of the nodes, as they run now. */
  pids(): number[];
  /** Ends everything in order. */
  stop(): Promise<void>;
}

export interface ClusterSurroundings {
  /** Those of the caller: a database and a Redis of its own. */
  databaseUrl: string | undefined;
  redisUrl: string | undefined;
  print(line: string): void;
}

/** How soon a node that ended is started again: less would be a loop, if it ends at once. */
const START_AGAIN_MS = 1_000;

/**
 * Starts a database, a Redis, the nodes and the balancer.
 * @throws Error with the reason if one of them does not start; nothing is left running then
 */
export async function startCluster(
  { dataDir, nodes: count, port }: Omit<ClusterOptions, 'help'>,
  surroundings: ClusterSurroundings,
): Promise<Cluster> {
  const ends: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const end of ends.splice(0).toReversed()) await end();
  };
  try {
    const databaseUrl = surroundings.databaseUrl ?? (await ownDatabase(dataDir, ends));
    const redisUrl = surroundings.redisUrl ?? (await ownRedis(dataDir, ends));
    const targets: Target[] = [];
    for (let at = 1; at <= count; at += 1) targets.push({ id: String(at), port: await freePort(), isUp: false });
    const balancer = await startBalancer(targets, port);
    ends.push(() => balancer.close());
    const url = `http://localhost:${balancer.port}`;
    const settings = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, APP_URL: url, HOST: '127.0.0.1' };
    const nodes = targets.map((target) => keepNode(target, { ...settings, dataDir }, surroundings.print));
    ends.push(() => Promise.all(nodes.map((node) => node.stop())));
    await Promise.all(nodes.map((node) => node.firstReady));
    return { url, pids: () => nodes.map((node) => node.pid()), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function ownDatabase(dataDir: string, ends: (() => Promise<unknown>)[]): Promise<string> {
  const database = await openDatabase({ url: undefined, dataDir, log: createLog('warn') });
  ends.push(() => database.close());
  return database.url;
}

async function ownRedis(dataDir: string, ends: (() => Promise<unknown>)[]): Promise<string> {
  const port = await freePort();
  const redis = await startRedis(port, path.join(dataDir, 'redis'));
  ends.push(async () => {
    redis.stop();
    await redis.ended;
  });
  await redis.ready;
  return `redis://127.0.0.1:${port}`;
}

interface KeptNode {
  pid(): number;
  /** Resolves when it serves for the first time; rejects if it ends before. */
  firstReady: Promise<void>;
  stop(): Promise<void>;
}

/** Runs a node, and another in its place when it ends. */
function keepNode(target: Target, settings: Record<string, string>, print: (line: string) => void): KeptNode {
  const { dataDir = '', ...env } = settings;
  let isStopping = false;
  let current: Running | undefined;
  const start = (): Running => {
    const own = { ...env, PORT: String(target.port), DATA_DIR: path.join(dataDir, `node-${target.id}`) };
    const trust = { TRUST_PROXY: '127.0.0.1' };
    // What concerns all of them is said once.
    current = startNode({ ...own, ...trust }, (line) => target.id === '1' && print(line));
    return current;
  };
  const first = start();
  const kept = (async () => {
    for (let node = first; ; node = start()) {
      await node.ready.then(
        () => {
          target.isUp = true;
          print(`Node ${target.id} serves (process ${node.pid}).`);
        },
        () => undefined,
      );
      const reason = await node.ended;
      target.isUp = false;
      if (isStopping) return;
      print(`Node ${target.id} ended: ${reason.slice(0, 500)}. Starting it again.`);
      await sleep(START_AGAIN_MS);
      if (isStopping) return;
    }
  })();
  return {
    pid: () => current?.pid ?? 0,
    firstReady: first.ready,
    async stop() {
      isStopping = true;
      current?.stop();
      await kept;
    },
  };
}
