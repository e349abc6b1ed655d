import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { protocolVersion, sizes } from '@atrium/protocol';
import { Server, type Socket } from 'socket.io';
import type { UserActor } from '../module/index.ts';
import { ProblemError, problem } from '../problem/index.ts';
import { followedStreams, readEpoch } from '../stream/index.ts';
import { Admission } from './admission.ts';
import type { LiveDeps } from './deps.ts';
import { dispatch, refreshActor } from './dispatch.ts';
import { createHandshakeGuard } from './handshake.ts';
import { LiveSocket } from './live-socket.ts';

const HEARTBEAT = { intervalMs: 10_000, timeoutMs: 8_000 };
const HANDSHAKE_TIMEOUT_MS = 5_000;
const BEACON_MS = 15_000;
const EXPIRY_NOTICE_MS = 60_000;
/** How long running commands may take on shutdown. */
const FINISH_MS = 10_000;
/** Retries when streams are joined or left while connecting. */
const MOST_ROUNDS = 5;
/** Refusals after which the same handshake may succeed later without any action. */
const PASSING: ReadonlySet<string> = new Set(['unavailable', 'rate_limited', 'internal', 'storage_full']);
/** The minimum delay, so that clients do not reconnect immediately after a refusal. */
const COME_BACK_WITHIN_MS = 1_000;

/** The live API. */
export interface Live {
  readonly counters: { slowConsumers: number };
  /** Tells clients to reconnect elsewhere, lets running commands finish, then closes itself and the HTTP server. */
  stop(): Promise<void>;
}

/** Starts the socket server at /socket.io of an HTTP server. */
export function createLive(deps: LiveDeps): Live {
  const { hub, connections, heartbeat = HEARTBEAT, log } = deps;
  const counters = { slowConsumers: 0 };
  const admission = new Admission(deps.bounds);
  const io = new Server(deps.http, {
    transports: ['websocket', 'polling'],
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: sizes.packet,
    pingInterval: heartbeat.intervalMs,
    pingTimeout: heartbeat.timeoutMs,
    connectTimeout: HANDSHAKE_TIMEOUT_MS,
  });
  io.engine.use(createHandshakeGuard(deps, admission));
  io.engine.on('connection', (connection) => admission.opened(connection));

  io.use((socket, next) => {
    identify(socket).then(
      () => next(),
      (error: unknown) => refuse(socket, toRefusal(error), next),
    );
  });

  /**
   * Clients treat CONNECT_ERROR as final, so it is sent only if a person has to act. For temporary refusals the
   * transport is closed: every client reconnects from that, after its own delay.
   */
  function refuse(socket: Socket, refusal: ProblemError, next: (error: Error) => void): void {
    if (!PASSING.has(refusal.code) || deps.finalRefusals) next(toConnectError(refusal));
    else setTimeout(() => socket.conn.close(), Math.random() * COME_BACK_WITHIN_MS).unref();
  }

  io.on('connection', (socket) => {
    const live = accept(socket);
    connect(live).catch((error: unknown) => {
      log.warn({ err: error }, 'could not set up a connection');
      hub.unfollow(live);
      // Not one of our problem codes, which clients take as final: they should retry.
      live.drop();
    });
  });

  /** Authenticates a connection and reserves its slot. Throws a problem to refuse it. */
  async function identify(socket: Socket): Promise<void> {
    const request = socket.request as IncomingMessage | null;
    // A reconnecting client has lost its slot, and its former address is unknown.
    if (request === null) throw problem('unavailable');
    socket.data.ip = deps.clientAddress(request);
    const { token } = socket.handshake.auth as { token?: unknown };
    const identity = await deps.authenticate(request, typeof token === 'string' ? token : undefined);
    admission.identified(socket.conn);
    const { userId } = identity.actor;
    const joined = admission.join(userId, connections.count(userId));
    if (joined === undefined) throw problem('rate_limited', 'Too many connections of one person are open');
    socket.conn.once('close', joined);
    Object.assign(socket.data, identity, { joined });
  }

  function accept(socket: Socket): LiveSocket {
    const live = new LiveSocket(socket, socket.data.actor as UserActor, {
      tamper: deps.tamper,
      patience: deps.patience,
      unread: deps.unread,
      onSlow() {
        counters.slowConsumers += 1;
        log.info({ userId: live.userId }, 'slow_consumer: cut a connection that does not read');
      },
    });
    const stopTimers = startTimers(live, deps);
    socket.on('disconnect', (reason) => {
      // An orderly close would wait half a minute, for a client that is gone or is no longer counted.
      if (reason === 'ping timeout' || reason === 'client namespace disconnect') live.drop();
      stopTimers();
      void live.commands.close();
      hub.unfollow(live);
      connections.remove(live);
    });
    // Commands before hello need no stream, so they do not wait. On the wire, an event name may be a number.
    socket.onAny((event: string | number, ...args: unknown[]) => dispatch(deps, live, String(event), args));
    connections.add(live);
    (socket.data as { joined(): void }).joined();
    return live;
  }

  async function connect(live: LiveSocket): Promise<void> {
    const { socket } = live;
    await followAll(deps, live);
    // The session may have ended before an event could tell this connection.
    await refreshActor(deps, live);
    // The client may have disconnected while the database was queried.
    if (!socket.connected) {
      hub.unfollow(live);
      return;
    }
    const epoch = await readEpoch(deps.database.db);
    const followed = hub.positions(live);
    live.emit('hello', {
      protocol: protocolVersion,
      epoch,
      serverTime: deps.clock.now().toISOString(),
      userId: live.userId,
      sessionId: live.sessionId,
      heads: Object.fromEntries(followed),
    });
    live.open(followed);
    // Frees 7 kB per connection that are no longer needed.
    (socket.conn as { request: unknown }).request = null;
  }

  return {
    counters,
    async stop() {
      const finished = connections.announceMove();
      await Promise.race([finished, sleep(FINISH_MS, undefined, { ref: false })]);
      // The last answers are sent at the end of the turn in which they were produced.
      await sleep(1);
      await io.close();
    },
  };
}

/**
 * Subscribes the connection to all streams of its user. The list is read again after joining: otherwise someone removed
 * in between would stay subscribed.
 */
async function followAll({ database, audiences, hub }: LiveDeps, live: LiveSocket): Promise<void> {
  let wanted = await followedStreams(database.db, audiences, live.userId);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const followed = hub.positions(live);
    const missing = wanted.filter((stream) => !followed.has(stream));
    if (missing.length === 0) break;
    await hub.follow(live, missing);
    wanted = await followedStreams(database.db, audiences, live.userId);
  }
  const entitled = new Set(wanted);
  hub.unfollow(
    live,
    [...hub.positions(live).keys()].filter((stream) => !entitled.has(stream)),
  );
}

/**
 * Starts the beacons and the expiry notice of the token.
 * @returns a function that stops them
 */
function startTimers(live: LiveSocket, { beaconMs = BEACON_MS, clock }: LiveDeps): () => void {
  let noticed: Date | undefined;
  // With jitter, so that 5,000 sockets do not all send in the same millisecond.
  const every = beaconMs * (0.9 + Math.random() * 0.2);
  const timer = setInterval(() => {
    live.checkProgress();
    const heads = live.takeFresh();
    if (Object.keys(heads).length > 0) live.emit('heads', heads);
    const { expiresAt } = live.actor;
    const leftMs = expiresAt.getTime() - clock.now().getTime();
    if (leftMs <= 0) {
      live.expire();
    } else if (leftMs <= EXPIRY_NOTICE_MS && noticed !== expiresAt) {
      noticed = expiresAt;
      live.emit('auth:expiring', { expiresAt: expiresAt.toISOString() });
    }
  }, every);
  return () => clearInterval(timer);
}

function toRefusal(error: unknown): ProblemError {
  return error instanceof ProblemError ? error : problem('unavailable');
}

function toConnectError(refusal: ProblemError): Error {
  return Object.assign(new Error(refusal.code), { data: refusal.toProblem() });
}
