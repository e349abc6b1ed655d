import net from 'node:net';
import type { Cleanup } from './work-directory.ts';

/** A TCP proxy in front of a server, which can disturb connections. */
export interface LinkProxy {
  readonly url: string;
  /** Open connections of clients. */
  readonly open: number;
  /** Resets every connection. */
  cut(): void;
  /** Swallows everything, in both directions, even the end; new connections are accepted and stay silent. */
  blackHole(): void;
  /** The client stops reading: data of the server piles up there. The other direction still works. */
  stopReading(): void;
  /** Forwards what was held back, if both ends are still there. */
  heal(): void;
  /** Delays every byte by this time. */
  delay(ms: number): void;
  /** New connections lead there. */
  retarget(port: number): void;
}

interface Link {
  client: net.Socket;
  server: net.Socket | undefined;
}

/** Opens a proxy on a free port. */
export async function startProxy(target: number, cleanup: Cleanup): Promise<LinkProxy> {
  const links = new Set<Link>();
  let port = target;
  let delayMs = 0;
  let mode: 'through' | 'black hole' | 'not reading' = 'through';

  const connect = (link: Link) => {
    const { client } = link;
    const server = net.connect({ port, host: '127.0.0.1', noDelay: true });
    link.server = server;
    join(client, server);
    join(server, client);
    server.on('error', () => client.resetAndDestroy());
    client.on('error', () => server.destroy());
    if (mode === 'not reading') server.pause();
  };
  const join = (from: net.Socket, to: net.Socket) => {
    const pass = (act: () => void) => (delayMs === 0 ? act() : void setTimeout(act, delayMs));
    from.on('data', (chunk: Buffer) =>
      pass(() => {
        if (!to.destroyed && !to.write(chunk)) {
          from.pause();
          to.once('drain', () => mode === 'through' && from.resume());
        }
      }),
    );
    from.on('end', () => pass(() => to.end()));
    from.on('close', () => pass(() => to.destroy()));
  };
  const listener = net.createServer({ noDelay: true, allowHalfOpen: true }, (client) => {
    const link: Link = { client, server: undefined };
    links.add(link);
    client.on('error', () => undefined);
    client.on('close', () => links.delete(link));
    if (mode === 'black hole') client.pause();
    else connect(link);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  cleanup(() => {
    for (const { client, server } of links) {
      client.destroy();
      server?.destroy();
    }
    listener.close();
  });

  return {
    url: `http://127.0.0.1:${(listener.address() as net.AddressInfo).port}`,
    get open() {
      return links.size;
    },
    cut() {
      for (const { client, server } of links) {
        client.resetAndDestroy();
        server?.resetAndDestroy();
      }
    },
    blackHole() {
      mode = 'black hole';
      for (const { client, server } of links) {
        client.pause();
        server?.pause();
      }
    },
    stopReading() {
      mode = 'not reading';
      for (const { server } of links) server?.pause();
    },
    heal() {
      mode = 'through';
      for (const link of links) {
        link.client.resume();
        if (link.server === undefined) connect(link);
        else link.server.resume();
      }
    },
    delay(ms) {
      delayMs = ms;
    },
    retarget(next) {
      port = next;
    },
  };
}
