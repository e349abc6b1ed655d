import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { Database } from '../database/index.ts';
import type { UnreadBytes } from '../load/index.ts';
import type { OperationExecutor, UserActor } from '../module/index.ts';
import type { Audience, LiveEvent, StreamHub } from '../stream/index.ts';
import type { ConnectionBounds } from './admission.ts';
import type { Connections } from './connections.ts';
import type { Backlog } from './wire.ts';

/** What the socket server needs. */
export interface LiveDeps {
  http: HttpServer;
  database: Database;
  hub: StreamHub;
  connections: Connections;
  executor: OperationExecutor;
  /** Counts what people have not read. */
  unread: UnreadBytes;
  audiences: readonly Audience[];
  log: Logger;
  clock: { now(): Date };
  /** Finds out who connects, and by which access token. Throws a problem when nobody is signed in. */
  authenticate(
    request: IncomingMessage | undefined,
    token: string | undefined,
  ): Promise<{ actor: UserActor; token: string }>;
  /** Whether a page from this origin may connect. */
  isAllowedOrigin(request: IncomingMessage): boolean;
  /** The address of who connects, also behind a proxy. */
  clientAddress(request: IncomingMessage): string;
  /** How many connections there may be. */
  bounds: ConnectionBounds;
  /** Only for tests: tells clients of every refusal, also of those that pass, in a way that they take for final. */
  finalRefusals?: boolean | undefined;
  tamper?: ((events: readonly LiveEvent[]) => readonly LiveEvent[]) | undefined;
  /** How often a connection is asked whether it is there, and how long for; 10 s and 8 s unless given. */
  heartbeat?: { intervalMs: number; timeoutMs: number } | undefined;
  /** How often each connection is told how far its streams have got; about 15 s unless given. */
  beaconMs?: number | undefined;
  /** What may wait for a reader before it is cut; 8 MiB or 500 packets unless given. */
  patience?: Backlog | undefined;
}
