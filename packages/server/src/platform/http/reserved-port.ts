import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** Nothing can listen there; the message says where and why. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen';
}

/** A port of this machine that nobody else is given until it is released. */
export interface ReservedPort {
  port: number;
  /** May be called more than once. */
  release(): Promise<void>;
}

/** Takes a free port before there is anything to serve, so that addresses can name it. Throws `CannotListen`. */
export async function reservePort(host: string): Promise<ReservedPort> {
  const holder = createServer((socket) => socket.destroy());
  holder.listen({ port: 0, host }).unref();
  await once(holder, 'listening').catch((error: unknown) => {
    throw new CannotListen(`Cannot listen on ${host}: ${(error as Error).message}`, { cause: error });
  });
  return {
    port: (holder.address() as AddressInfo).port,
    release: () => new Promise((resolve) => holder.close(() => resolve())),
  };
}
