import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createClient } from '@atrium/client';
import { io } from 'socket.io-client';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createTeam } from '../faults/harness/people.ts';
import { allowedMs } from '../faults/harness/run-length.ts';
import { workDirectory } from '../faults/harness/work-directory.ts';
import { inheritedEnv } from '../inherited-env.ts';

const PROGRAM = fileURLToPath(new URL('../../../../scripts/cluster/main.ts', import.meta.url));
const NODES = 3;
const MESSAGES = 60;

interface LocalCluster {
  child: ChildProcess;
  url: string;
  /** Every line it printed. */
  lines: string[];
  ended: Promise<number | null>;
  /** Processes of the n-th node, the last one last. */
  pidsOf(node: number): number[];
}

/** Starts it as `npm run cluster` does, with the database inside. */
async function startLocalCluster(): Promise<LocalCluster> {
  const dataDir = path.join(await workDirectory(onTestFinished), 'data');
  const args = ['--nodes', String(NODES), '--port', '0', '--data', dataDir];
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env: { ...inheritedEnv(), LOG_LEVEL: 'warn', LIMIT_MESSAGE: '100000/1', LIMIT_REGISTER: '1000/1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  const log: string[] = [];
  createInterface(child.stdout).on('line', (line) => lines.push(line));
  createInterface(child.stderr).on('line', (line) => log.push(line));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  let url = '';
  await vi.waitFor(
    () => {
      if (child.exitCode !== null) throw new Error(`It ended: ${log.slice(-5).join('\n')}`);
      url = lines.map((line) => /^Atrium is ready at (\S+) \(3 nodes\)/.exec(line)?.[1]).find(Boolean) ?? '';
      expect(url, [...lines, ...log].slice(-5).join('\n')).not.toBe('');
    },
    { timeout: allowedMs(60_000), interval: 100 },
  );
  const pidsOf = (node: number) =>
    lines.flatMap((line) => {
      const pid = new RegExp(`^Node ${node} serves \\(process (\\d+)\\)`).exec(line)?.[1];
      return pid === undefined ? [] : [Number(pid)];
    });
  return { child, url, lines, ended, pidsOf };
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('a local cluster spreads clients over its nodes and keeps them going while each of these is killed', {
  timeout: 240_000,
}, async () => {
  const cluster = await startLocalCluster();
  const { members, conversationId } = await createTeam(cluster.url, 'ann', 'ben', 'cleo');
  const [ann, ...listeners] = members;
  const heard = listeners.map(({ client }) => {
    const contents: string[] = [];
    client.on('event', (event) => event.type === 'message:receive' && contents.push(event.data.content));
    return contents;
  });
  for (const { client } of members) {
    await client.connect();
    onTestFinished(() => client.close());
  }
  const wanted = Array.from({ length: MESSAGES }, (_, at) => `Message ${at + 1}`);
  for (const [at, content] of wanted.entries()) {
    // One node after the other, without a break between them.
    if (at % 20 === 10) {
      const node = Math.floor(at / 20) + 1;
      const before = cluster.pidsOf(node);
      process.kill(before.at(-1) ?? 0, 'SIGKILL');
      await ann?.client.send(conversationId, content);
      await vi.waitFor(() => expect(cluster.pidsOf(node)).toHaveLength(before.length + 1), {
        timeout: allowedMs(40_000),
        interval: 50,
      });
    } else await ann?.client.send(conversationId, content);
  }
  for (const contents of heard) {
    await vi.waitFor(() => expect(contents).toHaveLength(MESSAGES), { timeout: allowedMs(30_000), interval: 50 });
    expect(contents).toEqual(wanted);
  }
  const { state } = ann?.client ?? { state: undefined };
  expect(Object.keys(state?.pending ?? {})).toEqual([]);

  const pids = [1, 2, 3].flatMap((node) => cluster.pidsOf(node).at(-1) ?? []);
  cluster.child.kill('SIGTERM');
  expect(await cluster.ended).toBe(0);
  expect(pids.filter(isAlive)).toEqual([]);
});

test('a client that polls stays on its node, and reads and writes are answered while a node is away', {
  timeout: 240_000,
}, async () => {
  const cluster = await startLocalCluster();
  const nodesAsked = new Set<string>();
  for (let at = 0; at < 6; at += 1) {
    const answer = await fetch(`${cluster.url}/health/ready`);
    expect(answer.status).toBe(200);
    nodesAsked.add(/atrium_node=(\w+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? '');
  }
  expect([...nodesAsked].sort()).toEqual(['1', '2', '3']);

  const { members } = await createTeam(cluster.url, 'dora');
  const socket = io(cluster.url, {
    forceNew: true,
    transports: ['polling'],
    withCredentials: true,
    auth: { token: members[0]?.token },
  });
  onTestFinished(() => void socket.close());
  let refused = 0;
  socket.io.engine?.on('close', () => {
    refused += 1;
  });
  await vi.waitFor(() => expect(socket.connected).toBe(true), { timeout: allowedMs(10_000), interval: 50 });
  for (let at = 0; at < 10; at += 1) {
    const answer = await socket.timeout(5_000).emitWithAck('op', { name: 'users.me', input: {} });
    expect(answer).toMatchObject({ ok: true });
  }
  expect(refused).toBe(0);

  process.kill(cluster.pidsOf(2).at(-1) ?? 0, 'SIGKILL');
  for (let at = 0; at < 12; at += 1) {
    const client = createClient({ url: cluster.url, token: members[0]?.token ?? '' });
    expect(await client.api.users.me({})).toMatchObject({ name: 'dora' });
  }
  cluster.child.kill('SIGINT');
  expect(await cluster.ended).toBe(0);
});
