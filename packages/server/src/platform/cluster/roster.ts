/** How long a node counts as alive after it was last heard of; with PR-5's 15 s in mind. */
export const LEASE_MS = 8_000;
/** One node is asked for all its counts at most this often. */
const ASK_EVERY_MS = 1_000;

interface Node {
  /** Of the counts; undefined until all of them have come. */
  version: number | undefined;
  counts: Map<string, number>;
  /** Parts of a whole that is under way. */
  arriving: Map<string, number> | undefined;
  aliveUntil: number;
  askedAt: number;
}

/** What happens to the roster. */
export interface RosterListener {
  /** The open connections of a user on other nodes have changed. */
  changed(userId: string): void;
  /** Something of that node was missed: ask it for all its counts. */
  missed(node: string): void;
}

/** The other nodes as this one knows them, with their open connections by user. Times are milliseconds of any clock. */
export class Roster {
  private readonly listener: RosterListener;
  private readonly nodes = new Map<string, Node>();
  private readonly totals = new Map<string, number>();

  constructor(listener: RosterListener) {
    this.listener = listener;
  }

  /** How many other nodes are alive. */
  get size(): number {
    return this.nodes.size;
  }

  /** Open connections of a user on all other nodes. */
  count(userId: string): number {
    return this.totals.get(userId) ?? 0;
  }

  /** The node lives, and its counts have this version. */
  beat(name: string, version: number, now: number): void {
    const node = this.touch(name, now);
    if (node.version !== version) this.ask(name, node, now);
  }

  /** Counts of some users have changed. */
  change(name: string, version: number, counts: Readonly<Record<string, number>>, now: number): void {
    const node = this.touch(name, now);
    if (node.version === undefined || node.version + 1 !== version) {
      this.ask(name, node, now);
      return;
    }
    node.version = version;
    for (const [userId, count] of Object.entries(counts)) this.set(node, userId, count);
  }

  /** One part of all counts; the parts of a whole follow one another. */
  take(
    name: string,
    whole: { version: number; part: number; parts: number; counts: Record<string, number> },
    now: number,
  ): void {
    const node = this.touch(name, now);
    if (whole.part === 0) node.arriving = new Map();
    for (const [userId, count] of Object.entries(whole.counts)) node.arriving?.set(userId, count);
    if (node.arriving === undefined || whole.part < whole.parts - 1) return;
    const arrived = node.arriving;
    node.arriving = undefined;
    node.version = whole.version;
    for (const userId of [...node.counts.keys()]) if (!arrived.has(userId)) this.set(node, userId, 0);
    for (const [userId, count] of arrived) this.set(node, userId, count);
  }

  /** The node is gone, and its connections with it. */
  drop(name: string): void {
    const node = this.nodes.get(name);
    if (node === undefined) return;
    this.nodes.delete(name);
    for (const userId of [...node.counts.keys()]) this.set(node, userId, 0);
  }

  /** Drops nodes that were not heard of for LEASE_MS. @returns their names */
  expire(now: number): string[] {
    const expired = [...this.nodes].filter(([, node]) => node.aliveUntil <= now).map(([name]) => name);
    for (const name of expired) this.drop(name);
    return expired;
  }

  /** Nothing could be heard for a while, which says nothing about the others: their time begins anew. */
  renew(now: number): void {
    for (const node of this.nodes.values()) node.aliveUntil = now + LEASE_MS;
  }

  private touch(name: string, now: number): Node {
    const known = this.nodes.get(name);
    const node = known ?? {
      version: undefined,
      counts: new Map(),
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

  private set(node: Node, userId: string, count: number): void {
    const before = node.counts.get(userId) ?? 0;
    if (before === count) return;
    if (count === 0) node.counts.delete(userId);
    else node.counts.set(userId, count);
    const total = this.count(userId) - before + count;
    if (total === 0) this.totals.delete(userId);
    else this.totals.set(userId, total);
    this.listener.changed(userId);
  }
}
