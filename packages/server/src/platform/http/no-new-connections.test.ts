import { createServer, type Server } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { untilNoNewConnections } from './no-new-connections.ts';

let server: Server;

beforeEach(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(() => server.close());

function connect(): void {
  const socket = net.connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.on('connect', () => socket.destroy());
}

it('waits 100 ms if nobody connects', async () => {
  const began = performance.now();
  await untilNoNewConnections(server);
  expect(performance.now() - began).toBeGreaterThan(95);
  expect(server.listenerCount('connection')).toBe(1);
});

it('does not wait if the server does not listen', async () => {
  const silent = createServer();
  const began = performance.now();
  await untilNoNewConnections(silent);
  expect(performance.now() - began).toBeLessThan(50);
});

it('waits while clients connect, up to a second', async () => {
  const connecting = setInterval(connect, 20);
  const began = performance.now();
  await untilNoNewConnections(server);
  clearInterval(connecting);
  expect(performance.now() - began).toBeGreaterThan(950);
});

it('detects a connection made during a long turn of the event loop', async () => {
  let met = 0;
  server.on('connection', () => {
    met += 1;
  });
  const idle = untilNoNewConnections(server);
  await sleep(10);
  connect();
  const until = performance.now() + 200;
  while (performance.now() < until);
  await idle;
  expect(met).toBe(1);
});
