import type { IncomingMessage } from 'node:http';
import { addressKey } from '../limits/index.ts';
import type { Connections } from './connections.ts';

/** Open connections of one person, on all nodes. */
const PER_USER = 20;
/** Connections from one address that have not said who they are. */
const PER_ADDRESS = 50;

/** How many may come in. */
export interface DoorLimits {
  perUser?: number;
  perAddress?: number;
  /** Counts connections from this machine too; they are left out otherwise, since a proxy brings everyone from there. */
  countLoopback?: boolean;
}

/** What of a connection is counted here. */
interface Knocking {
  request: IncomingMessage;
  once(event: 'close', listener: () => void): unknown;
}

/** Counts who is at the door and who is inside, so that neither one person nor one address takes all the room. */
export class Door {
  private readonly limits: DoorLimits;
  private readonly connections: Pick<Connections, 'count' | 'countHere'>;
  private readonly waiting = new Map<string, number>();
  private readonly seats = new Map<string, number>();
  private readonly admitted = new WeakMap<Knocking, () => void>();

  constructor(connections: Pick<Connections, 'count' | 'countHere'>, limits: DoorLimits = {}) {
    this.connections = connections;
    this.limits = limits;
  }

  /** True when one more from this address may wait; asked before a connection exists. */
  hasRoom(request: IncomingMessage): boolean {
    const address = this.addressOf(request);
    return address === undefined || (this.waiting.get(address) ?? 0) < (this.limits.perAddress ?? PER_ADDRESS);
  }

  /** Counts a connection as waiting until it is known or gone. */
  knock(connection: Knocking): void {
    const address = this.addressOf(connection.request);
    if (address === undefined) return;
    add(this.waiting, address, 1);
    const leave = once(() => add(this.waiting, address, -1));
    this.admitted.set(connection, leave);
    connection.once('close', leave);
  }

  /** Who it is has become known. @returns false when the person has as many connections as one may have */
  enter(connection: Knocking, userId: string): boolean {
    this.admitted.get(connection)?.();
    const here = this.seats.get(userId) ?? 0;
    const elsewhere = this.connections.count(userId) - this.connections.countHere(userId);
    if (here + elsewhere >= (this.limits.perUser ?? PER_USER)) return false;
    add(this.seats, userId, 1);
    connection.once(
      'close',
      once(() => add(this.seats, userId, -1)),
    );
    return true;
  }

  private addressOf({ socket: { remoteAddress = '' } }: IncomingMessage): string | undefined {
    const address = addressKey(remoteAddress);
    const loopback = address.startsWith('127.') || remoteAddress === '::1';
    return loopback && this.limits.countLoopback !== true ? undefined : address;
  }
}

function add(counts: Map<string, number>, key: string, change: number): void {
  const count = (counts.get(key) ?? 0) + change;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}
