import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { io, type Socket } from 'socket.io-client';
import { expect, inject, onTestFinished, test, vi } from 'vitest';
import { createTeam } from '../faults/harness/people.ts';
import { type LinkProxy, startProxy } from '../faults/harness/proxy.ts';
import { report } from '../faults/harness/report.ts';
import { allowedMs } from '../faults/harness/run-length.ts';
import { type Nodes, startNodes } from './nodes.ts';
import { startRedis } from './redis.ts';

const CLIENTS = 30;
const AWAY_MS = 1_500;

/** Blocks the database for a while, and closes its connections. */
async function databaseAway(databaseUrl: string, ms: number): Promise<void> {
  const name = new URL(databaseUrl).pathname.slice(1);
  const admin = new pg.Client({ connectionString: inject('clusterUrl') });
  await admin.connect();
  try {
    await admin.query(`alter database ${name} allow_connections false`);
    const until = performance.now() + ms;
    while (performance.now() < until) {
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
      await sleep(50);
    }
  } finally {
    await admin.query(`alter database ${name} allow_connections true`).finally(() => admin.end());
  }
}

interface Scene {
  nodes: Nodes;
  /** A load balancer: each connection leads to a running node. */
  lines: [LinkProxy, LinkProxy];
  sockets: Socket[];
}

async function connected(program: { script?: string; args?: string[] }): Promise<Scene> {
  const redis = await startRedis(onTestFinished);
  const nodes = await startNodes({ count: 2, redisUrl: redis.url, ...program }, onTestFinished);
  const lines = [
    await startProxy(nodes.at(0).port, onTestFinished),
    await startProxy(nodes.at(1).port, onTestFinished),
  ] as [LinkProxy, LinkProxy];
  const { members } = await createTeam(nodes.at(0).url, 'ann', 'ben');
  // A plain socket.io client: only the token and a faster reconnect are set.
  const sockets = Array.from({ length: CLIENTS }, (_, at) =>
    io(lines[at % 2]?.url ?? '', {
      forceNew: true,
      auth: { token: members[Math.floor(at / 2) % 2]?.token },
      reconnectionDelay: 200,
      reconnectionDelayMax: 1_000,
    }),
  );
  onTestFinished(() => {
    for (const socket of sockets) socket.close();
  });
  await allBack({ nodes, lines, sockets });
  return { nodes, lines, sockets };
}

const deadOf = ({ sockets }: Scene) => sockets.filter(({ active }) => !active).length;

/** @returns how long it took, in milliseconds */
async function allBack({ sockets }: Scene): Promise<number> {
  const before = performance.now();
  const all = () => expect(sockets.filter((socket) => socket.connected)).toHaveLength(sockets.length);
  await vi.waitFor(all, { timeout: allowedMs(30_000), interval: 100 });
  return Math.round(performance.now() - before);
}

/** The database goes down, and everybody must reconnect meanwhile. */
async function loseDatabase({ nodes, lines }: Scene): Promise<void> {
  const away = databaseAway(nodes.databaseUrl, AWAY_MS);
  await sleep(100);
  for (const line of lines) line.cut();
  await away;
}

test('F51 plain clients reconnect after nodes are killed and stopped, and after the database was down', async () => {
  const scene = await connected({});
  const { nodes, lines } = scene;
  const backMs: Record<string, number> = {};
  const lose = async (name: string, strike: () => Promise<unknown>) => {
    await strike();
    expect(deadOf(scene), name).toBe(0);
    backMs[name] = await allBack(scene);
  };
  await lose('a node killed', async () => {
    await nodes.at(0).kill();
    lines[0].retarget(nodes.at(1).port);
  });
  await lose('the database away', () => loseDatabase(scene));
  await lose('the other node stopped', async () => {
    await nodes.restart(0);
    for (const line of lines) line.retarget(nodes.at(0).port);
    await nodes.at(1).stop();
  });
  await lose('lines that lead elsewhere at once', async () => {
    await nodes.restart(1);
    lines[1].retarget(nodes.at(1).port);
    for (const line of lines) line.cut();
  });
  report('F51 over two nodes', { backMs });
}, 180_000);

test('F51 over two nodes, control: with CONNECT_ERROR while the database is down, some give up permanently', async () => {
  const scene = await connected({ script: 'serve-sabotaged.ts', args: [JSON.stringify({ finalRefusals: true })] });
  await loseDatabase(scene);
  await sleep(AWAY_MS);
  const dead = deadOf(scene);
  report('F51 over two nodes, control', { dead });
  expect(dead).toBeGreaterThan(0);
}, 120_000);
