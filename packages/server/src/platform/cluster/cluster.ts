import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Peers } from '../live/index.ts';
import type { StreamHub } from '../stream/index.ts';
import { createExchange } from './exchange.ts';
import { HeadsOutbox } from './heads-outbox.ts';
import { decode, encode, headsIn, type Unsigned } from './message.ts';
import { openRedisLink, type RedisLink } from './redis-link.ts';

const BEAT_MS = 2_000;
const EXPIRE_EVERY_MS = 500;
/** How often each node polls the stream heads while nodes cannot notify each other. */
const LOOK_EVERY_MS = 250;
/** Unreadable messages are counted and logged at most this often. */
const COMPLAIN_EVERY_MS = 60_000;

/** This node as a member of a cluster that shares one database and one Redis. */
export interface Cluster {
  readonly link: RedisLink;
  readonly peers: Peers;
  /** Number of nodes known, including this one. */
  nodes(): number;
  /** The hub, extended to exchange commits with the other nodes. */
  join(hub: StreamHub): StreamHub;
  /** Leaves the cluster. */
  stop(): void;
}

export interface ClusterOptions {
  /** Connection string of Redis. Several instances of the program may share one server. */
  url: string;
  /** Unique per instance on one Redis; prefixes every key and channel. */
  prefix: string;
  log: Logger;
}

/**
 * Joins the other nodes. Waits up to 2 s for Redis and continues without it; everything still works, with more delay,
 * and recovers once Redis is reachable.
 */
export async function openCluster({ url, prefix, log }: ClusterOptions): Promise<Cluster> {
  const node = randomUUID();
  let hub: StreamHub | undefined;
  let unread = 0;
  let complainedAt = Number.NEGATIVE_INFINITY;
  let looking: NodeJS.Timeout | undefined;

  const send = (content: Unsigned) => {
    if (!link.isUp) return;
    const text = encode(node, content);
    if (text === undefined) log.warn({ kind: content.kind }, 'dropped a message to other nodes: too large');
    else link.publish(text);
  };
  const exchange = createExchange(send, node);
  const outbox = new HeadsOutbox((heads) => send({ kind: 'heads', heads }));

  function receive(text: string): void {
    const message = decode(text);
    if (message === undefined) complain();
    else if (message.kind !== 'heads') exchange.take(message, performance.now());
    else if (message.from !== node) for (const [stream, head] of headsIn(message)) hub?.hint(stream, head);
  }

  function complain(): void {
    unread += 1;
    if (performance.now() - complainedAt < COMPLAIN_EVERY_MS) return;
    complainedAt = performance.now();
    log.warn({ count: unread }, 'received messages over Redis that this version does not know');
  }

  function changed(up: boolean): void {
    clearInterval(looking);
    looking = undefined;
    // Events committed while Redis was down are in the log.
    hub?.lookNow();
    if (up) {
      exchange.rejoin(performance.now());
    } else {
      looking = setInterval(() => hub?.lookNow(), LOOK_EVERY_MS);
      looking.unref();
    }
  }

  const link = openRedisLink({ url, prefix, node, log, onMessage: receive, onChange: changed });
  const beating = setInterval(() => exchange.beat(), BEAT_MS);
  const expiring = setInterval(() => {
    if (!link.isUp) return;
    const silent = exchange.expire(performance.now());
    if (silent.length > 0) log.warn({ nodes: silent }, 'nodes stopped responding: their connections no longer count');
  }, EXPIRE_EVERY_MS);
  for (const timer of [beating, expiring]) timer.unref();
  if (!link.isUp) changed(false);
  await link.settled();

  return {
    link,
    peers: exchange,
    nodes: exchange.nodes,
    join(joined) {
      hub = {
        ...joined,
        committed(events) {
          joined.committed(events);
          outbox.add(events);
        },
      };
      return hub;
    },
    stop() {
      exchange.leave();
      for (const timer of [beating, expiring, looking]) clearInterval(timer);
      link.close();
    },
  };
}
