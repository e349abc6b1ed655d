import type { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';

/** Maximum numbers of connections. */
export interface ConnectionBounds {
  /** Per user, on all nodes. */
  perUser: number;
  /** Per address, while the users are not yet known. */
  openingPerAddress: number;
}

/** Releases the slot; idempotent. */
type Release = () => void;

/** Of a handshake. */
interface Place {
  end: Release;
  exchange: EventEmitter;
}

/** After this time a slot is released, whatever happened to the handshake. */
const LONGEST_HANDSHAKE_MS = 10_000;

interface Connection {
  request: IncomingMessage;
  once(event: 'close', listener: () => void): unknown;
}

/** Counts connections by address until their users are known, and by user until they are open. */
export class Admission {
  private readonly bounds: ConnectionBounds;
  private readonly opening = new Map<string, number>();
  private readonly joining = new Map<string, number>();
  private readonly places = new WeakMap<object, Place>();
  private readonly connections = new WeakMap<object, Release>();

  constructor(bounds: ConnectionBounds) {
    this.bounds = bounds;
  }

  /**
   * A handshake begins. Its slot is released when the exchange ends without a connection, and soon in any case.
   * @param exchange emits 'close' at its end: the response to a poll, or the socket of an upgrade
   * @returns false if too many from this address are not authenticated yet
   */
  begin(address: string, request: IncomingMessage, exchange: EventEmitter): boolean {
    const release = take(this.opening, address, this.bounds.openingPerAddress);
    if (release === undefined) return false;
    const timer = setTimeout(release, LONGEST_HANDSHAKE_MS).unref();
    const end = () => {
      clearTimeout(timer);
      release();
    };
    this.places.set(request, { end, exchange });
    exchange.once('close', end);
    return true;
  }

  /** The handshake became a connection, which keeps the slot until its user is known or it closes. */
  opened(connection: Connection): void {
    const place = this.places.get(connection.request);
    if (place === undefined) return;
    this.places.delete(connection.request);
    place.exchange.off('close', place.end);
    this.connections.set(connection, place.end);
    connection.once('close', place.end);
  }

  /** The user of the connection is known. */
  identified(connection: object): void {
    this.connections.get(connection)?.();
  }

  /**
   * Admits a connection of a user.
   * @param open the number of connections that the user has
   * @returns a function to call once it is counted among those, or is closed; undefined if there are too many
   */
  join(userId: string, open: number): Release | undefined {
    return take(this.joining, userId, this.bounds.perUser - open);
  }
}

function take(counts: Map<string, number>, key: string, most: number): Release | undefined {
  const count = counts.get(key) ?? 0;
  if (count >= most) return undefined;
  counts.set(key, count + 1);
  let held = true;
  return () => {
    if (!held) return;
    held = false;
    const left = (counts.get(key) ?? 1) - 1;
    if (left === 0) counts.delete(key);
    else counts.set(key, left);
  };
}
