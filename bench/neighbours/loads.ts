import { randomUUID } from 'node:crypto';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from './fill.ts';

/** Where the load goes, and as whom. */
export interface Target {
  url: string;
  port: number;
  token: string;
}

/** Loads the server until the signal. @returns how many calls it made */
type Load = (target: Target, world: World, signal: AbortSignal) => Promise<number>;

const AT_ONCE = 64;
const BURST = 590;
const BURST_PAUSE_MS = 250;

/** What one person can do to a server, by name. */
export const loads: Record<string, Load> = {
  nothing: async () => 0,
  'pages that are not read': async ({ port, token }, { conversationId }, signal) => {
    const sockets: net.Socket[] = [];
    while (!signal.aborted) {
      const socket = net.connect(port, '127.0.0.1');
      socket.on('error', () => undefined).pause();
      const target = `/api/v1/conversations/${conversationId}/messages?limit=200`;
      socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n\r\n`);
      sockets.push(socket);
      await sleep(20);
    }
    for (const socket of sockets) socket.destroy();
    return sockets.length;
  },
  'pages that are read': again((_, { conversationId }) => [
    'GET',
    `/conversations/${conversationId}/messages?limit=200`,
  ]),
  searches: again((at) => ['GET', `/search/messages?q=${encodeURIComponent(`brulee ${at % 10}`)}`]),
  'changes with large answers': again((at, { conversationId }) => [
    'PATCH',
    `/conversations/${conversationId}`,
    { topic: `Topic ${at}` },
  ]),
  'reactions, 590 at once': async (target, { messageId }, signal) => {
    let calls = 0;
    while (!signal.aborted) {
      const react = async (at: number) => {
        const emoji = String.fromCodePoint(0x1f600 + (at % 60));
        await call(
          target,
          at % 2 === 0 ? 'PUT' : 'DELETE',
          `/messages/${messageId}/reactions/${encodeURIComponent(emoji)}`,
        );
        calls += 1;
      };
      await Promise.all(Array.from({ length: BURST }, (_, at) => react(at)));
      await sleep(BURST_PAUSE_MS);
    }
    return calls;
  },
  snapshots: again(() => ['GET', '/snapshot']),
};

/** Makes calls, so many at a time, one after another. */
function again(next: (at: number, world: World) => [method: string, path: string, body?: unknown]): Load {
  return async (target, world, signal) => {
    let calls = 0;
    const worker = async () => {
      while (!signal.aborted) {
        const at = calls++;
        const [method, path, body] = next(at, world);
        // Who is told to wait does not, but need not spin.
        if ((await call(target, method, path, body)) === 429) await sleep(50);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return calls;
  };
}

/** @returns the status */
async function call({ url, token }: Target, method: string, path: string, body?: unknown): Promise<number> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'idempotency-key': randomUUID(),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  await answer.arrayBuffer();
  return answer.status;
}
