import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { Database } from '../database/index.ts';
import type { UnreadBytes } from '../load/index.ts';
import type { OperationExecutor, UserActor } from '../module/index.ts';
import type { Audience, LiveEvent, StreamHub } from '../stream/index.ts';
import type { ConnectionBounds } from './admission.ts';
import type { Connections } from './connections.ts';
import type { Backlog } from './wire.ts';

/** Dependencies of the socket server. */
export interface LiveDeps {
  http: HttpServer;
  database: Database;
  hub: StreamHub;
  connections: Connections;
  executor: OperationExecutor;
  /** Counts unread data by user. */
  unread: UnreadBytes;
  audiences: readonly Audience[];
  log: Logger;
  clock: { now(): Date };
  /** Authenticates the client, and returns its access token. Throws a problem for anonymous clients. */
  authenticate(
    request: IncomingMessage | undefined,
    token: string | undefined,
  ): Promise<{ actor: UserActor; token: string }>;
  /** Whether a page of this origin may connect. */
  isAllowedOrigin(request: IncomingMessage): boolean;
  /** The client's address, also behind a proxy. */
  clientAddress(request: IncomingMessage): string;
  /** Maximum numbers of connections. */
  bounds: ConnectionBounds;
  /** Only for tests: tells clients about every refusal, including temporary ones, in a way that they treat as final. */
  finalRefusals?: boolean | undefined;
  tamper?: ((events: readonly LiveEvent[]) => readonly LiveEvent[]) | undefined;
  /** Interval and timeout of pings; defaults 10 s and 8 s. */
  heartbeat?: { intervalMs: number; timeoutMs: number } | undefined;
  /** Interval at which each connection is told its stream heads; default about 15 s. */
  beaconMs?: number | undefined;
  /** Backlog at which a slow consumer is disconnected; default 8 MiB or 500 packets. */
  patience?: Backlog | undefined;
}
