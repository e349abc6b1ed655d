import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between browsers and a server, so that the network can be cut: emulated offline leaves open sockets be. */
export interface NetworkProxy {
  origin: string;
  /** Breaks every connection and lets none through. */
  cut: () => void;
  mend: () => void;
  close: () => Promise<void>;
}

/** Starts a proxy on a free port that hands everything on to a port. */
export async function startProxy(target: number): Promise<NetworkProxy> {
  let isCut = false;
  const sockets = new Set<Socket>();
  const proxy = createServer((from) => {
    if (isCut) {
      from.destroy();
      return;
    }
    const to = connect(target, '127.0.0.1');
    for (const socket of [from, to]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      // Whichever side breaks, the other one follows.
      socket.on('error', () => undefined);
    }
    from.on('close', () => to.destroy());
    to.on('close', () => from.destroy());
    from.pipe(to).pipe(from);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port } = proxy.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    cut: () => {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend: () => {
      isCut = false;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
