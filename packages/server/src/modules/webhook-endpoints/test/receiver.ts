import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedWebhook {
  headers: Record<string, string>;
  /** The raw body. */
  raw: string;
  body: { type: string; timestamp: string; data: Record<string, unknown>; meta: { stream: string; seq: number } };
  path: string;
}

/** How the receiver responds; `hang`: never. */
export type Behaviour = { status: number; headers?: Record<string, string>; body?: string } | 'hang';

/** A local server that receives webhooks. */
export interface Receiver {
  url: string;
  received: ReceivedWebhook[];
  /** By the number of previous requests. */
  behave(index: number, webhook: ReceivedWebhook): Behaviour;
  close(): Promise<void>;
}

const plain = (headers: IncomingHttpHeaders) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

/** Starts it on a free loopback port. */
export async function startReceiver(): Promise<Receiver> {
  const received: ReceivedWebhook[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const raw = Buffer.concat(parts).toString();
      const webhook = { headers: plain(request.headers), raw, body: JSON.parse(raw), path: request.url ?? '' };
      received.push(webhook);
      const behaviour = receiver.behave(received.length - 1, webhook);
      if (behaviour === 'hang') return;
      response.writeHead(behaviour.status, behaviour.headers).end(behaviour.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    behave: () => ({ status: 204 }),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}
