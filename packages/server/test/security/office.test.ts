import { io, type Socket } from 'socket.io-client';
import { afterEach, expect, it, vi } from 'vitest';
import { allowedMs } from '../faults/harness/run-length.ts';
import { startExternalApp, type Wire } from './external-app.ts';

const PEOPLE = 25;
/** Maximum number of connections per user. */
const DEVICES = 20;
const ALL = PEOPLE * DEVICES;

let wire: Wire;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.close();
  await wire.close();
});

/**
 * Everybody in an office connects at once, with plain socket.io clients.
 * @returns how many handshakes were refused because too many were pending from their address
 */
async function connectAll(env: Record<string, string>): Promise<number> {
  wire = await startExternalApp({ env });
  const people = await Promise.all(Array.from({ length: PEOPLE }, (_, at) => wire.app.person(`Person ${at}`)));
  let refused = 0;
  for (const { accessToken } of people) {
    for (let device = 0; device < DEVICES; device += 1) {
      const socket = io(wire.origin, { forceNew: true, auth: { token: accessToken }, reconnectionDelay: 200 });
      socket.on('connect_error', (error: Error & { description?: unknown }) => {
        if (error.description === 429) refused += 1;
      });
      sockets.push(socket);
    }
  }
  const connected = () => sockets.filter((socket) => socket.connected).length;
  await vi.waitFor(() => expect(connected()).toBe(ALL), { timeout: allowedMs(60_000), interval: 100 });
  expect(sockets.filter(({ active }) => !active)).toEqual([]);
  return refused;
}

it('S52 500 sockets that are opened at once from one address are accepted', { timeout: 180_000 }, async () => {
  expect(await connectAll({})).toBe(0);
});

it('S52 control: with a lower limit they are refused, and reconnect automatically', {
  timeout: 180_000,
}, async () => {
  expect(await connectAll({ SOCKETS_OPENING_PER_ADDRESS: '50' })).toBeGreaterThan(0);
});
