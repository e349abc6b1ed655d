import { setImmediate as nextTurn } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { rateLimitedLog } from './rate-limited-log.ts';

/** How often delivery of published messages is probed. */
const PROBE_EVERY_MS = 500;
/** A later answer counts as none, so that a stalled Redis does not delay requests. */
const ANSWER_MS = 300;
/** A connection attempt that takes longer is abandoned for a new one. */
const SETUP_MS = 5_000;
const MOST_BACKOFF_MS = 2_000;
/** How long startup waits for Redis before it continues without. */
const FIRST_CONNECT_MS = 2_000;

/** The connection of this node to Redis, which may come and go. Nothing here throws. */
export interface RedisLink {
  /** For commands; use it only while `isReady`, and inside `answer`. */
  readonly client: Redis;
  /** Whether commands can be sent. */
  readonly isReady: boolean;
  /** Whether published messages arrive as well. */
  readonly isUp: boolean;
  /** Forwards the answer of a command. Without one in time it rejects, and both connections are replaced. */
  answer<Result>(command: Promise<Result>): Promise<Result>;
  /** Publishes to all nodes, including this one. While the link is down the message is dropped. */
  publish(message: string): void;
  /** Resolves when the link is up, or after 2 s. */
  settled(): Promise<void>;
  close(): void;
}

export interface RedisLinkOptions {
  url: string;
  /** Prefix of the channel names: `<prefix>news` is for all nodes, `<prefix>probe:<node>` for this one. */
  prefix: string;
  node: string;
  log: Pick<Logger, 'info' | 'warn'>;
  onMessage(message: string): void;
  /** Called when the link goes up or down. */
  onChange(up: boolean): void;
}

/** Opens the link. Lost connections are reopened with increasing, randomised delays. */
export function openRedisLink(options: RedisLinkOptions): RedisLink {
  const { node, prefix } = options;
  const log = rateLimitedLog(options.log);
  const [news, own] = [`${prefix}news`, `${prefix}probe:${node}`];
  const client = connect(options.url);
  const subscriber = connect(options.url);
  let subscribed = false;
  let isUp = false;
  let closed = false;
  let lastError = 'no connection';
  /** When the outstanding probe was sent and when each connection was started, as performance.now(). */
  let probedAt: number | undefined;
  const begunAt = new Map<Redis, number>();
  const waiting = new Set<() => void>();

  const sayDown = () =>
    log.warn(
      { reason: lastError },
      'Redis is not reachable: nodes notify each other with a delay, limits apply per node',
    );

  function look(): void {
    const up = !closed && subscribed && client.status === 'ready' && subscriber.status === 'ready';
    if (up === isUp) return;
    isUp = up;
    probedAt = undefined;
    if (up) log.info({}, 'connected to Redis');
    else sayDown();
    options.onChange(up);
    if (up) for (const done of waiting) done();
  }

  function giveUp(reason: string): void {
    if (closed) return;
    lastError = reason;
    subscribed = false;
    client.disconnect(true);
    subscriber.disconnect(true);
    look();
  }

  for (const connection of [client, subscriber]) {
    connection.on('error', (error: Error) => {
      // Log the message only: the error may contain the command, and AUTH contains the password.
      lastError = error.message;
    });
    connection.on('connecting', () => begunAt.set(connection, performance.now()));
    connection.on('close', () => {
      if (connection === subscriber) subscribed = false;
      look();
    });
  }
  client.on('ready', look);
  subscriber.on('ready', () => {
    subscriber.subscribe(news, own).then(
      () => {
        subscribed = true;
        look();
      },
      (error: Error) => giveUp(error.message),
    );
  });
  subscriber.on('message', (channel: string, message: string) => {
    if (channel === own) probedAt = undefined;
    else options.onMessage(message);
  });

  async function probe(): Promise<void> {
    if (!isUp) {
      const hangs = (connection: Redis) =>
        connection.status === 'connect' && performance.now() - (begunAt.get(connection) ?? 0) > SETUP_MS;
      if (hangs(client) || hangs(subscriber)) giveUp('timeout while connecting');
      return;
    }
    if (probedAt === undefined) {
      probedAt = performance.now();
      client.publish(own, '').catch(() => undefined);
    } else if (performance.now() - probedAt > ANSWER_MS) {
      // After a stall of this process, the answer may have arrived but not been read.
      await nextTurn();
      if (probedAt !== undefined) giveUp('published messages do not arrive');
    }
  }

  const timer = setInterval(() => void probe(), PROBE_EVERY_MS);
  timer.unref();

  return {
    client,
    get isReady() {
      return client.status === 'ready';
    },
    get isUp() {
      return isUp;
    },
    async answer(command) {
      let answered = false;
      const watch = setTimeout(async () => {
        await nextTurn();
        if (!answered) giveUp('timeout of a command');
      }, ANSWER_MS);
      try {
        return await command;
      } catch (error) {
        if (client.status === 'ready') log.warn({ reason: (error as Error).message }, 'Redis refused a command');
        throw error;
      } finally {
        answered = true;
        clearTimeout(watch);
      }
    },
    publish(message) {
      if (isUp) client.publish(news, message).catch(() => undefined);
    },
    settled() {
      if (isUp) return Promise.resolve();
      return new Promise((resolve) => {
        const done = () => {
          clearTimeout(limit);
          waiting.delete(done);
          resolve();
        };
        const limit = setTimeout(() => {
          sayDown();
          done();
        }, FIRST_CONNECT_MS);
        waiting.add(done);
      });
    },
    close() {
      closed = true;
      isUp = false;
      clearInterval(timer);
      client.disconnect();
      subscriber.disconnect();
    },
  };
}

function connect(url: string): Redis {
  return new Redis(url, {
    // What cannot be sent now is dropped: old hints are useless, and a limit counted twice would refuse too early.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
    // A server that does not respond does not answer QUIT either.
    disconnectTimeout: 20,
    retryStrategy: (times) => Math.min(MOST_BACKOFF_MS, 50 * 2 ** Math.min(times, 10)) * (0.5 + Math.random() / 2),
    keepAlive: 10_000,
  });
}
