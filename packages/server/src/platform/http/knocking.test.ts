import { createServer, type Server } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { untilNobodyKnocks } from './knocking.ts';

let server: Server;

beforeEach(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(() => server.close());

function knock(): void {
  const socket = net.connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.on('connect', () => socket.destroy());
}

it('waits a moment when nobody comes', async () => {
  const began = performance.now();
  await untilNobodyKnocks(server);
  expect(performance.now() - began).toBeGreaterThan(95);
  expect(server.listenerCount('connection')).toBe(1);
});

it('does not wait where nobody can come', async () => {
  const silent = createServer();
  const began = performance.now();
  await untilNobodyKnocks(silent);
  expect(performance.now() - began).toBeLessThan(50);
});

it('waits as long as somebody comes, but not for ever', async () => {
  const knocking = setInterval(knock, 20);
  const began = performance.now();
  await untilNobodyKnocks(server);
  clearInterval(knocking);
  expect(performance.now() - began).toBeGreaterThan(950);
});

it('is not deceived by a turn of the loop that takes long', async () => {
  let met = 0;
  server.on('connection', () => {
    met += 1;
  });
  const quiet = untilNobodyKnocks(server);
  await sleep(10);
  knock();
  const until = performance.now() + 200;
  while (performance.now() < until);
  await quiet;
  expect(met).toBe(1);
});
