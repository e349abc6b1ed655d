import type { Server as HttpServer, IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { Database } from '../database/index.ts';
import type { UserActor } from '../operations/actor.ts';
import type { Executor } from '../operations/call.ts';
import type { Audience, LiveEvent, StreamHub } from '../stream/index.ts';
import type { Connections } from './connections.ts';
import type { DoorLimits } from './door.ts';
import type { Backlog } from './wire.ts';

/** What the socket server needs. */
export interface LiveDeps {
  http: HttpServer;
  database: Database;
  hub: StreamHub;
  connections: Connections;
  executor: Executor;
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
  /** How many may come in; 20 connections a person, 50 from an address that have not said who they are. */
  door?: DoorLimits | undefined;
  tamper?: ((events: readonly LiveEvent[]) => readonly LiveEvent[]) | undefined;
  /** How often each connection is told how far its streams have got; about 15 s unless given. */
  beaconMs?: number | undefined;
  /** What may wait for a reader before it is cut; 8 MiB or 500 packets unless given. */
  patience?: Backlog | undefined;
}
