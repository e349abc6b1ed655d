import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';

/** Whether the database answers, with a reason for the operator if not. */
export type Health = { ok: true } | { ok: false; reason: string };

/** Monitors the database while the process runs. */
export interface Monitor {
  health(): Health;
  /** Called when the database becomes unavailable. */
  onDown(listener: () => void): void;
  /** Called when it is available again. */
  onUp(listener: () => void): void;
  /** Ends the monitor; nothing is restarted afterwards. Always resolves. */
  stop(): Promise<void>;
}

export interface MonitorOptions {
  connection: pg.ClientConfig;
  log: Logger;
  /** Restarts the server; absent for an external one. */
  recover?: () => Promise<void>;
  /** Called after each successful ping. */
  onPing?: () => void;
}

const PING_INTERVAL_MS = 2_000;
const PING_TIMEOUT_MS = 2_000;
const MIN_BACK_OFF_MS = 100;
const MAX_BACK_OFF_MS = 5_000;

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}

/** Uses its own connection, so that an exhausted pool does not look like a dead database. */
async function connect(config: pg.ClientConfig): Promise<{ client: pg.Client; lost: Promise<string> }> {
  const client = new pg.Client({ ...config, query_timeout: PING_TIMEOUT_MS });
  const lost = new Promise<string>((resolve) => {
    client.on('error', (error) => resolve(reasonOf(error)));
    client.on('end', () => resolve('the connection was closed'));
  });
  await client.connect();
  return { client, lost };
}

/** Starts to monitor a database that has just answered. */
export function startMonitor(options: MonitorOptions): Monitor {
  const { log } = options;
  const stopping = new AbortController();
  const down: (() => void)[] = [];
  const up: (() => void)[] = [];
  let health: Health = { ok: true };
  let since = 0;

  function notify(listeners: readonly (() => void)[]): void {
    for (const listener of listeners) {
      try {
        listener();
      } catch (error) {
        log.error({ err: error }, 'a database listener failed');
      }
    }
  }
  function setDown(reason: string): void {
    const before = health;
    health = { ok: false, reason };
    if (!before.ok) return;
    since = performance.now();
    log.error({ reason }, 'the database became unavailable');
    notify(down);
  }
  function setUp(): void {
    if (health.ok) return;
    health = { ok: true };
    log.info({ ms: Math.round(performance.now() - since) }, 'the database is available again');
    notify(up);
  }
  function pause(ms: number): Promise<undefined> {
    return sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
  }

  /** Connects and pings until the connection is lost. Returns the reason; throws it if there was no connection. */
  async function watch(): Promise<string> {
    const { client, lost } = await connect(options.connection);
    try {
      for (;;) {
        await client.query('select 1');
        setUp();
        options.onPing?.();
        const reason = await Promise.race([lost, pause(PING_INTERVAL_MS)]);
        if (reason !== undefined || stopping.signal.aborted) return reason ?? 'closed';
      }
    } finally {
      // A hanging server would block an orderly shutdown.
      await Promise.race([client.end().catch(() => undefined), sleep(PING_TIMEOUT_MS, undefined, { ref: false })]);
    }
  }

  async function loop(): Promise<void> {
    let backOff = MIN_BACK_OFF_MS;
    while (!stopping.signal.aborted) {
      const reason = await watch().catch(reasonOf);
      if (stopping.signal.aborted) return;
      if (health.ok) backOff = MIN_BACK_OFF_MS;
      setDown(reason);
      await options.recover?.().catch((error: unknown) => {
        if (stopping.signal.aborted) return;
        log.error({ err: error }, 'the database could not be started again; retrying');
        setDown(reasonOf(error));
      });
      await pause(backOff);
      backOff = Math.min(backOff * 2, MAX_BACK_OFF_MS);
    }
  }

  const running = loop();
  return {
    health: () => health,
    onDown: (listener) => void down.push(listener),
    onUp: (listener) => void up.push(listener),
    async stop() {
      stopping.abort();
      // The code that stops the server ends a restart in progress.
      await Promise.race([running, sleep(PING_TIMEOUT_MS, undefined, { ref: false })]);
    },
  };
}
