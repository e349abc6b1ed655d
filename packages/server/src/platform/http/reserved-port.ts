import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** The address cannot be listened on; the message contains the address and the reason. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen';
}

/** A free port of this machine, reserved until released. */
export interface ReservedPort {
  port: number;
  /** May be called more than once. */
  release(): Promise<void>;
}

/** Reserves a free port before the server starts, so that addresses can contain it. Throws `CannotListen`. */
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
