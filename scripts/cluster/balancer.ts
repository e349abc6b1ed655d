import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';

/** Whoever polls or has a page open stays on one node by this cookie. */
const COOKIE = 'atrium_node';
/** A node on this machine takes a connection at once, or is not there. */
const CONNECT_MS = 1_000;

/** A node that the balancer may send requests to. */
export interface Target {
  /** 1, 2, …: the value of the cookie. */
  id: string;
  port: number;
  isUp: boolean;
}

/** A balancer that listens. */
export interface Balancer {
  port: number;
  close(): Promise<void>;
}

/**
 * Passes requests and WebSockets on to nodes that are up, one after the other; who has the cookie of one that is up, to
 * that one. Asks the next node where one does not take the connection: nothing was sent by then.
 * @param targets is looked at for each request
 */
export async function startBalancer(targets: readonly Target[], port: number): Promise<Balancer> {
  let turn = 0;
  const inOrder = (cookie: string | undefined): Target[] => {
    turn += 1;
    const rotated = targets.map((_, at) => targets[(at + turn) % targets.length]).filter((target) => target?.isUp);
    const own = /(?:^|;\s*)atrium_node=(\w+)/.exec(cookie ?? '')?.[1];
    return (rotated as Target[]).toSorted((a, b) => Number(b.id === own) - Number(a.id === own));
  };

  async function connect(request: http.IncomingMessage): Promise<{ target: Target; socket: net.Socket } | undefined> {
    for (const target of inOrder(request.headers.cookie)) {
      const socket = await open(target.port);
      if (socket !== undefined) return { target, socket };
    }
    return undefined;
  }

  const server = http.createServer(async (request, response) => {
    const found = await connect(request);
    if (found === undefined) {
      response.writeHead(503, { 'retry-after': '1', 'content-type': 'text/plain' }).end('No node is up.\n');
      return;
    }
    passRequest(request, response, found);
  });
  server.on('upgrade', async (request: http.IncomingMessage, client: net.Socket, head: Buffer) => {
    client.on('error', () => client.destroy());
    const found = await connect(request);
    if (found === undefined) client.destroy();
    else passUpgrade(request, client, head, found.socket);
  });
  // Uploads and downloads may take as long as they do; the nodes have limits of their own.
  server.requestTimeout = 0;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function passRequest(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  { socket, target }: { socket: net.Socket; target: Target },
): void {
  const outgoing = http.request({
    createConnection: () => socket,
    method: request.method,
    path: request.url,
    headers: { ...forwarded(request), connection: 'close' },
  });
  outgoing.on('response', (answer) => {
    const { connection: _, ...headers } = answer.headers;
    const cookies = [...(answer.headers['set-cookie'] ?? []), `${COOKIE}=${target.id}; Path=/; HttpOnly; SameSite=Lax`];
    response.writeHead(answer.statusCode ?? 502, { ...headers, 'set-cookie': cookies });
    answer.pipe(response);
    answer.on('error', () => response.destroy());
  });
  // The node ended while it answered: nobody knows what it did. Clients repeat a command under its key.
  outgoing.on('error', () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502, { 'content-type': 'text/plain' }).end('The node did not answer.\n');
  });
  response.on('close', () => outgoing.destroy());
  request.pipe(outgoing);
}

function passUpgrade(request: http.IncomingMessage, client: net.Socket, head: Buffer, upstream: net.Socket): void {
  const lines = Object.entries(forwarded(request)).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => `${name}: ${one}\r\n`),
  );
  upstream.write(`${request.method} ${request.url} HTTP/1.1\r\n${lines.join('')}\r\n`);
  upstream.write(head);
  upstream.on('error', () => client.destroy());
  upstream.on('close', () => client.destroy());
  client.on('close', () => upstream.destroy());
  upstream.pipe(client).pipe(upstream);
}

/** What a node is told of who asks; it trusts the balancer. */
function forwarded(request: http.IncomingMessage): http.OutgoingHttpHeaders {
  return { ...request.headers, 'x-forwarded-for': request.socket.remoteAddress, 'x-forwarded-proto': 'http' };
}

function open(port: number): Promise<net.Socket | undefined> {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
    const timer = setTimeout(() => socket.destroy(), CONNECT_MS);
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(socket);
    });
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      clearTimeout(timer);
      resolve(undefined);
    });
  });
}
