import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createTeam } from './harness/people.ts';
import { report } from './harness/report.ts';
import { allowedMs } from './harness/run-length.ts';
import { type ServerProcess, startServer } from './harness/server.ts';
import { freePort, workDirectory } from './harness/work-directory.ts';
import { postmasters } from './processes.ts';

const CLIENTS = 30;
const ROUNDS = 3;
/** The database is back after half a second; meanwhile everybody tries to connect. */
const AWAY_MS = 1_500;

interface Plain {
  socket: Socket;
  greetings: number;
}

/** A plain socket.io client: only the token and a faster reconnect are set. */
function connectPlainly(url: string, token: string): Plain {
  const socket = io(url, { forceNew: true, auth: { token }, reconnectionDelay: 200, reconnectionDelayMax: 1_000 });
  onTestFinished(() => void socket.close());
  const plain = { socket, greetings: 0 };
  socket.on('hello', () => {
    plain.greetings += 1;
  });
  return plain;
}

/** Kills the database, and in turn the server, while all clients connect. @returns those that gave up */
async function dead(sabotage: object): Promise<{ givenUp: number; clients: Plain[] }> {
  const dataDir = path.join(await workDirectory(onTestFinished), 'data');
  const port = await freePort();
  const start = async (): Promise<ServerProcess> => {
    const args = [JSON.stringify(sabotage)];
    const server = startServer({ dataDir, port, script: 'serve-sabotaged.ts', args });
    await server.ready();
    return server;
  };
  let server = await start();
  onTestFinished(async () => void (await server.stop()));
  const { members } = await createTeam(server.url, 'ann');
  const token = members[0]?.token ?? '';
  const clients = Array.from({ length: CLIENTS }, () => connectPlainly(server.url, token));
  await vi.waitFor(() => expect(clients.every(({ socket }) => socket.connected)).toBe(true), 10_000);
  for (let round = 0; round < ROUNDS; round += 1) {
    const [pid = 0] = await postmasters(dataDir);
    process.kill(pid, 'SIGKILL');
    if (round % 2 === 1) {
      await server.kill();
      server = await start();
    } else {
      // Everybody must reconnect while the database is down.
      for (const { socket } of clients) socket.io.engine.close();
    }
    await sleep(AWAY_MS);
  }
  return { givenUp: clients.filter(({ socket }) => !socket.active).length, clients };
}

test('F51 plain Socket.IO clients reconnect after kills of the database and the server', async () => {
  const { givenUp, clients } = await dead({});
  expect(givenUp).toBe(0);
  const before = performance.now();
  const all = () => expect(clients.every(({ socket }) => socket.connected)).toBe(true);
  await vi.waitFor(all, { timeout: allowedMs(20_000), interval: 100 });
  report('F51', { backMs: performance.now() - before, greetings: clients.map(({ greetings }) => greetings) });
}, 120_000);

test('F51 control: with CONNECT_ERROR, some of them give up permanently', async () => {
  const { givenUp } = await dead({ finalRefusals: true });
  report('F51 control', { givenUp });
  expect(givenUp).toBeGreaterThan(0);
}, 120_000);
