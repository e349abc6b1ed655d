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
/** While nodes cannot tell each other how far streams have got, each asks the database that often. */
const LOOK_EVERY_MS = 250;
/** Messages that nobody understands are counted, and told at most this often. */
const COMPLAIN_EVERY_MS = 60_000;

/** This node as one of several that share a database and a Redis. */
export interface Cluster {
  readonly link: RedisLink;
  readonly peers: Peers;
  /** How many nodes there are, this one included, as far as is known. */
  nodes(): number;
  /** The same hub, whose commits the other nodes hear of, and which hears of theirs. */
  join(hub: StreamHub): StreamHub;
  /** Leaves in order. */
  stop(): void;
}

export interface ClusterOptions {
  /** A Redis server. Several instances of the program may share one. */
  url: string;
  /** Unlike that of any other instance on the same Redis; goes in front of every key and channel. */
  prefix: string;
  log: Logger;
}

/**
 * Joins the other nodes. Waits up to 2 s for Redis and goes on without it: then everything works, only later, and by
 * itself once Redis is there.
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
    if (text === undefined) log.warn({ kind: content.kind }, 'a message to other nodes is too large');
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
    log.warn({ count: unread }, 'got messages over Redis that no node of this version sends');
  }

  function changed(up: boolean): void {
    clearInterval(looking);
    looking = undefined;
    // What was said while nobody could hear it is in the log.
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
    if (silent.length > 0) log.warn({ nodes: silent }, 'nodes are silent: their connections count no more');
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
