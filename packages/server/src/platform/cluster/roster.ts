import type { ConnectionsByDevice } from '../live/index.ts';

/** How long a node counts as alive after its last message; a user counts as connected for at most that long. */
export const LEASE_MS = 8_000;
/** Minimum time between two requests for the full device list of a node. */
const ASK_EVERY_MS = 1_000;

interface Node {
  /** Version of its device list; undefined until the list is complete. */
  version: number | undefined;
  devices: Map<string, ConnectionsByDevice>;
  /** Parts received of a list that is being sent. */
  arriving: Map<string, ConnectionsByDevice> | undefined;
  aliveUntil: number;
  askedAt: number;
}

/** Called when the roster changes. */
export interface RosterListener {
  /** The connections of a user on other nodes changed. */
  changed(userId: string): void;
  /** A change of that node was missed: request its full list. */
  missed(node: string): void;
}

/**
 * The other nodes known to this one, with their open connections by user and device. Times are milliseconds of any
 * clock.
 */
export class Roster {
  private readonly listener: RosterListener;
  private readonly nodes = new Map<string, Node>();

  constructor(listener: RosterListener) {
    this.listener = listener;
  }

  /** How many other nodes are alive. */
  get size(): number {
    return this.nodes.size;
  }

  /** Open connections of a user, one entry per other node that has any. */
  devices(userId: string): ConnectionsByDevice[] {
    return [...this.nodes.values()].flatMap(({ devices }): readonly ConnectionsByDevice[] => {
      const open = devices.get(userId);
      return open === undefined ? [] : [open];
    });
  }

  /** All open connections on other nodes. */
  total(): number {
    let total = 0;
    for (const { devices } of this.nodes.values()) {
      for (const open of devices.values()) for (const count of Object.values(open)) total += count;
    }
    return total;
  }

  /** The node is alive, and its device list has this version. */
  beat(name: string, version: number, now: number): void {
    const node = this.touch(name, now);
    if (node.version !== version) this.ask(name, node, now);
  }

  /** The devices of some users changed. */
  change(name: string, version: number, devices: Readonly<Record<string, ConnectionsByDevice>>, now: number): void {
    const node = this.touch(name, now);
    if (node.version === undefined || node.version + 1 !== version) {
      this.ask(name, node, now);
      return;
    }
    node.version = version;
    for (const [userId, open] of Object.entries(devices)) this.set(node, userId, open);
  }

  /** One part of a node's full list; parts are consecutive. */
  take(
    name: string,
    whole: { version: number; part: number; parts: number; devices: Record<string, ConnectionsByDevice> },
    now: number,
  ): void {
    const node = this.touch(name, now);
    if (whole.part === 0) node.arriving = new Map();
    for (const [userId, open] of Object.entries(whole.devices)) node.arriving?.set(userId, open);
    if (node.arriving === undefined || whole.part < whole.parts - 1) return;
    const arrived = node.arriving;
    node.arriving = undefined;
    node.version = whole.version;
    for (const userId of [...node.devices.keys()]) if (!arrived.has(userId)) this.set(node, userId, {});
    for (const [userId, open] of arrived) this.set(node, userId, open);
  }

  /** The node is gone, with its connections. */
  drop(name: string): void {
    const node = this.nodes.get(name);
    if (node === undefined) return;
    this.nodes.delete(name);
    for (const userId of node.devices.keys()) this.listener.changed(userId);
  }

  /**
   * Drops nodes without a message for LEASE_MS.
   * @returns their names
   */
  expire(now: number): string[] {
    const expired = [...this.nodes].filter(([, node]) => node.aliveUntil <= now).map(([name]) => name);
    for (const name of expired) this.drop(name);
    return expired;
  }

  /** No messages could be received for a while, which says nothing about the nodes: their leases start again. */
  renew(now: number): void {
    for (const node of this.nodes.values()) node.aliveUntil = now + LEASE_MS;
  }

  private touch(name: string, now: number): Node {
    const known = this.nodes.get(name);
    const node = known ?? {
      version: undefined,
      devices: new Map(),
      arriving: undefined,
      aliveUntil: 0,
      askedAt: Number.NEGATIVE_INFINITY,
    };
    node.aliveUntil = now + LEASE_MS;
    if (known === undefined) this.nodes.set(name, node);
    return node;
  }

  private ask(name: string, node: Node, now: number): void {
    if (now - node.askedAt < ASK_EVERY_MS) return;
    node.askedAt = now;
    this.listener.missed(name);
  }

  private set(node: Node, userId: string, open: ConnectionsByDevice): void {
    if (isSame(node.devices.get(userId) ?? {}, open)) return;
    if (Object.keys(open).length === 0) node.devices.delete(userId);
    else node.devices.set(userId, open);
    this.listener.changed(userId);
  }
}

function isSame(one: ConnectionsByDevice, other: ConnectionsByDevice): boolean {
  const devices = Object.keys(one);
  return devices.length === Object.keys(other).length && devices.every((device) => one[device] === other[device]);
}
