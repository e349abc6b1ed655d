import { setImmediate as nextTurn } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { rateLimitedLog } from './rate-limited-log.ts';

/** How often it is tried whether what is published arrives. */
const PROBE_EVERY_MS = 500;
/** An answer that takes longer counts as none: a Redis that stalls must not make people wait. */
const ANSWER_MS = 300;
/** A connection that is being set up for longer than this is given up for a new one. */
const SETUP_MS = 5_000;
const MOST_BACKOFF_MS = 2_000;
/** How long a start waits for Redis before it goes on without. */
const FIRST_CONNECT_MS = 2_000;

/** The connection of this node to Redis, which comes and goes; nothing here ever throws. */
export interface RedisLink {
  /** For commands; use it while `isReady` and inside `answer`. */
  readonly client: Redis;
  /** Whether commands can be sent now. */
  readonly isReady: boolean;
  /** Whether also what is published arrives. */
  readonly isUp: boolean;
  /** Passes the answer of a command on; when there is none in time, both connections are given up and it rejects. */
  answer<Result>(command: Promise<Result>): Promise<Result>;
  /** Sends to all nodes, this one included; while the link is down the message is dropped. */
  publish(message: string): void;
  /** Resolves when the link is up, or after 2 s without. */
  settled(): Promise<void>;
  close(): void;
}

export interface RedisLinkOptions {
  url: string;
  /** Parts of a channel name: `<prefix>news` is everyone's, `<prefix>probe:<node>` that of this node alone. */
  prefix: string;
  node: string;
  log: Pick<Logger, 'info' | 'warn'>;
  onMessage(message: string): void;
  /** Called each time the link is up or down. */
  onChange(up: boolean): void;
}

/** Opens the link. Lost connections come back by themselves, with growing pauses of random length. */
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
  /** When the probe that is out was sent, and when each connection was begun; performance.now(). */
  let probedAt: number | undefined;
  const begunAt = new Map<Redis, number>();
  const waiting = new Set<() => void>();

  const sayDown = () =>
    log.warn({ reason: lastError }, 'no Redis: nodes hear of each other later, limits are kept per node');

  function look(): void {
    const up = !closed && subscribed && client.status === 'ready' && subscriber.status === 'ready';
    if (up === isUp) return;
    isUp = up;
    probedAt = undefined;
    if (up) log.info({}, 'connected to Redis: nodes hear of each other at once');
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
      // Only the words: the error may hold the command, and with AUTH the password.
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
      if (hangs(client) || hangs(subscriber)) giveUp('no answer while connecting');
      return;
    }
    if (probedAt === undefined) {
      probedAt = performance.now();
      client.publish(own, '').catch(() => undefined);
    } else if (performance.now() - probedAt > ANSWER_MS) {
      // After a stall of this process the answer may be here, only not read yet.
      await nextTurn();
      if (probedAt !== undefined) giveUp('what is published does not resolveAccount');
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
        if (!answered) giveUp('no answer to a command');
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
    // What cannot be sent now is never sent: old hints help nobody, and a limit counted twice refuses too early.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
    // Who does not answer does not take leave either.
    disconnectTimeout: 20,
    retryStrategy: (times) => Math.min(MOST_BACKOFF_MS, 50 * 2 ** Math.min(times, 10)) * (0.5 + Math.random() / 2),
    keepAlive: 10_000,
  });
}
