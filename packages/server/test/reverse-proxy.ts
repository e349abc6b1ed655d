import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';

/** How a proxy changes requests. */
export interface ProxyHabits {
  /** Sends the server's own host name instead of the client's. */
  ownHost?: boolean;
  /** Sends the client's address. */
  forwardedFor?: boolean;
  /** Forwards WebSockets. */
  upgrades?: boolean;
  /** Redirects everybody elsewhere. */
  redirectTo?: string;
}

/** A reverse proxy in front of a server on this machine. */
export interface ReverseProxy {
  /** Its URL, with a name that is not an IP address. */
  url: string;
  close(): Promise<void>;
}

/** Starts one on a free port. */
export async function startReverseProxy(target: string, habits: ProxyHabits): Promise<ReverseProxy> {
  const { hostname, port } = new URL(target);
  const headersOf = (request: http.IncomingMessage): http.OutgoingHttpHeaders => ({
    ...request.headers,
    ...(habits.ownHost ? { host: `${hostname}:${port}` } : {}),
    ...(habits.forwardedFor ? { 'x-forwarded-for': '198.51.100.7' } : {}),
  });
  const pass = (request: http.IncomingMessage) =>
    http.request({ host: hostname, port, path: request.url, method: request.method, headers: headersOf(request) });
  const server = http.createServer((request, response) => {
    if (habits.redirectTo !== undefined) {
      response.writeHead(308, { location: habits.redirectTo }).end();
      return;
    }
    const outgoing = pass(request);
    outgoing.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    outgoing.on('error', () => response.destroy());
    request.pipe(outgoing);
  });
  server.on('upgrade', (request, socket: net.Socket) => {
    if (!habits.upgrades) {
      socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    }
    const upstream = net.connect(Number(port), hostname, () => {
      const lines = Object.entries(headersOf(request)).map(([name, value]) => `${name}: ${value}`);
      upstream.write(`${[`GET ${request.url} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`);
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
