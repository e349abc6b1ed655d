import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { StreamName } from '@atrium/protocol';
import type { FastifyInstance } from 'fastify';
import { createBackfill } from './app/backfill.ts';
import { createAdmission, createHttp } from './app/http.ts';
import { createSocketIdentification } from './app/identify.ts';
import { joinNodes } from './app/nodes.ts';
import { secretsLocation } from './app/secrets-location.ts';
import { stopInOrder } from './app/stop.ts';
import { webhookHosts } from './app/webhook-hosts.ts';
import { appUrlOf, type Config } from './config.ts';
import { diagnose } from './doctor/diagnose.ts';
import { startMeasuring } from './metrics/measuring.ts';
import { programMetrics } from './metrics/program-metrics.ts';
import { createKeyring, instanceSettings, prepareSetup } from './modules/identity/index.ts';
import { accessOf, createModules, type ModuleDeps } from './modules.ts';
import { type Clock, createClock } from './platform/clock/index.ts';
import { type Database, migrate, openDatabase } from './platform/database/index.ts';
import {
  isLocalAddress,
  isLocalHost,
  namesTwoHosts,
  type ReservedPort,
  reservePort,
  untilNoNewConnections,
} from './platform/http/index.ts';
import { createJobs, type JobSystem, type JobsOptions, startPeriodic } from './platform/jobs/index.ts';
import { createLimiter } from './platform/limits/index.ts';
import { Connections, createLive, type Live, type LiveDeps } from './platform/live/index.ts';
import { createFairExecutor, type FairExecutorOptions, UnreadBytes } from './platform/load/index.ts';
import type { Log } from './platform/log/index.ts';
import { createMailer, parseMailbox } from './platform/mail/index.ts';
import {
  collect,
  createRegistry,
  createTransact,
  givenUpIn,
  type Module,
  type OperationExecutor,
  problem,
  type Transact,
} from './platform/module/index.ts';
import { createExecutor, type ExecutorDeps } from './platform/operations/index.ts';
import { openStorage, type Storage, startStorageMonitor } from './platform/storage/index.ts';
import { createStreamHub, createSync, readableStreams, type StreamHub, startPruning } from './platform/stream/index.ts';

/** The web app: part of the published package, or built by `npm start`. */
const WEB_APPS = ['../web', '../../web/dist'].map((place) => fileURLToPath(new URL(place, import.meta.url)));

/** The server, ready to listen. */
export interface App {
  readonly connections: Connections;
  readonly database: Database;
  readonly executor: OperationExecutor;
  readonly http: FastifyInstance;
  readonly hub: StreamHub;
  readonly jobs: JobSystem;
  readonly live: Live;
  /** Path of the development mailbox with its token, if there is one. */
  readonly mailboxPath: string | undefined;
  /** Path of the setup page for the first account, with its token, while there is no account. */
  readonly setupPath: string | undefined;
  readonly modules: readonly Module[];
  readonly storage: Storage;
  readonly transact: Transact;
  /** Starts listening. @returns the URL, with the assigned port */
  listen(): Promise<string>;
  /**
   * Shuts down gracefully: refuses new requests, finishes running ones, closes sockets, jobs and the database. Always
   * resolves.
   */
  stop(): Promise<void>;
}

/** Overrides for tests. */
export interface AppOptions {
  /** An open database, instead of the configured one. */
  database?: Database;
  /** The clock of everything; defaults to the database's. */
  clock?: Clock;
  tamper?: LiveDeps['tamper'];
  beaconMs?: LiveDeps['beaconMs'];
  finalRefusals?: LiveDeps['finalRefusals'];
  heartbeat?: LiveDeps['heartbeat'];
  hashing?: ModuleDeps['hashing'];
  /** The clock by which connections expire tokens; defaults to the database's. */
  liveClock?: LiveDeps['clock'];
  patience?: LiveDeps['patience'];
  /** Timeout for headers and bodies of requests; defaults to 30 s. */
  requestTimeoutMs?: number;
  /** Maximum unread data of one person, on all connections. */
  mostUnreadBytes?: number;
  /** Maximum concurrent changes, per caller and in total. */
  commands?: FairExecutorOptions['commands'];
  jobs?: Pick<JobsOptions, 'lock'>;
  presenceTime?: ModuleDeps['presenceTime'];
  /** Receives mails if no SMTP server is configured; prints to the terminal by default. */
  printMail?: (block: string) => void;
  /** Whether the server is reachable from other machines; defaults to what HOST and APP_URL imply. */
  isPublic?: boolean;
  /** The folder of the built web app. */
  webApp?: string;
  /** Whether to run background work, as a server does. A command next to a running server does not. */
  background?: boolean;
}

/**
 * Builds the server from its configuration: database, schema, features, transports. Does not listen yet.
 * @throws the errors of openDatabase, reservePort, migrate and createJobs
 */
export async function createApp(config: Config, log: Log, options: AppOptions = {}): Promise<App> {
  const database = options.database ?? (await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir, log }));
  let reserved: ReservedPort | undefined;
  try {
    // Links in mails need the port before the server listens.
    if (config.port === 0 && config.appUrl === undefined) reserved = await reservePort(config.host);
    return await build(config, log, { database, reserved }, options);
  } catch (error) {
    await reserved?.release();
    await database.close();
    throw error;
  }
}

async function build(
  config: Config,
  log: Log,
  { database, reserved }: { database: Database; reserved: ReservedPort | undefined },
  options: AppOptions,
): Promise<App> {
  const hasBackground = options.background ?? true;
  await migrate(database, { log });
  const port = reserved?.port ?? config.port;
  const appUrl = appUrlOf({ ...config, port });
  const isPublic = options.isPublic ?? !(isLocalAddress(appUrl) && isLocalHost(config.host));
  const setupToken = hasBackground ? await prepareSetup(database.db, { isPublic }) : undefined;
  // On a public server, anyone behind a proxy could otherwise read everybody's mails.
  const hasMailbox = config.smtpUrl === undefined && isLocalAddress(appUrl);
  const mailboxToken = hasMailbox ? randomBytes(24).toString('base64url') : undefined;
  if (config.smtpUrl === undefined && !hasMailbox && hasBackground) {
    log.warn(
      'SMTP_URL is not set, although APP_URL is public: nobody gets mails, and they are only shown in this terminal',
    );
  }
  const clock = options.clock ?? (await createClock(database, log));
  const metrics = await startMeasuring(config.otlpEndpoint, { clock, log });
  const storage = await openStorage(config);
  const storageMonitor = await startStorageMonitor(storage, log);
  const place = secretsLocation(config, database);
  const keyring = await createKeyring({ ...place, clock });
  const nodes =
    config.redisUrl === undefined || !hasBackground ? undefined : await joinNodes(config.redisUrl, database, log);
  const limiter = createLimiter(config.limits, nodes?.limitStore);
  const ownHub = createStreamHub({ database, log });
  const hub = nodes === undefined ? ownHub : nodes.cluster.join(ownHub);
  const readable = (userId: string, streams: readonly StreamName[]) =>
    readableStreams(database.db, audiences(), userId, streams);
  const connections = new Connections(hub, readable, nodes?.cluster.peers);
  const mailFrom = parseMailbox(config.mailFrom);
  const registry = createRegistry();
  const audiences = () => registry.all().flatMap((module) => module.audiences ?? []);
  const readerViews = () => collect(registry.all(), 'readerViews');
  const transact = createTransact({
    database,
    hub,
    jobs: { addJobs: (tx, wanted) => jobs.addJobs(tx, wanted) },
    listeners: () => registry.all().flatMap((module) => module.on ?? []),
  });
  const moduleDeps: Omit<ModuleDeps, 'backfill'> = {
    appUrl,
    backups: config.backups,
    clock,
    connections,
    database,
    dataDir: config.dataDir,
    defaultTimezone: config.defaultTimezone,
    doctor: () =>
      diagnose({ appUrl, clock, config, database, keyring: async () => keyring, storage: async () => storage }),
    execute: (call) => executor.execute(call),
    fileQuotaBytes: config.fileQuotaBytes,
    hasMailbox,
    hashing: options.hashing,
    jobCounts: () => jobs.counts(),
    keyring,
    limiter,
    log,
    mailAddress: mailFrom.address,
    modules: registry,
    presenceTime: options.presenceTime,
    providers: config.providers,
    pushPrivateHosts: config.pushPrivateHosts,
    publish: (events) => hub.committed(events),
    scanCommand: config.scanCommand,
    secretsLocation: place,
    storage,
    streams: hub,
    sync: createSync({ database, audiences, readerViews, render: hub.render }),
    transact,
    webhookHosts: webhookHosts(config, { isPublic, databaseUrl: database.url }),
  };
  const addJobs: JobSystem['addJobs'] = (tx, wanted) => jobs.addJobs(tx, wanted);
  const backfill = createBackfill({ modules: moduleDeps, addJobs });
  const modules = createModules({ ...moduleDeps, backfill });
  registry.fill(modules);
  const smtp = config.smtpUrl === undefined ? undefined : { url: config.smtpUrl, from: mailFrom };
  const mailer = createMailer({ clock, database, log, addJobs, smtp, print: options.printMail });
  const givenUp = givenUpIn(modules);
  const jobs = await createJobs({ ...options.jobs, database, log, clock, owners: [...modules, mailer], givenUp });
  const road = {
    database,
    transact,
    limiter,
    log,
    clock,
    commanded(userId, operation, at) {
      for (const module of modules) module.commanded?.(userId, operation, at);
    },
    ended: metrics.operationEnded,
    ...accessOf(modules),
    unverifiedMay: async () => (await instanceSettings(database.db)).unverifiedMay,
  } satisfies Omit<ExecutorDeps, 'implementations'>;
  const executor = createExecutor({ ...road, implementations: modules.flatMap((module) => module.operations) });
  const unread = new UnreadBytes();
  const fairExecutor = createFairExecutor(executor, unread, {
    poolSize: database.pool.options.max,
    mostUnreadBytes: options.mostUnreadBytes,
    commands: options.commands,
  });
  const redirects = createExecutor({ ...road, implementations: modules.flatMap((module) => module.redirects ?? []) });

  const admission = createAdmission(config, { appUrl, keyring, log });
  let stopping: Promise<void> | undefined;
  const isStopping = () => stopping !== undefined;
  const http = await createHttp(config, {
    admission,
    appUrl,
    clock,
    database,
    executors: { plain: executor, fair: fairExecutor, redirects },
    isPublic,
    isStopping,
    jobs,
    keyring,
    limiter,
    log,
    mailboxToken,
    metrics,
    modules,
    storageMonitor,
    transact,
    unread,
    requestTimeoutMs: options.requestTimeoutMs,
    webApp: options.webApp ?? WEB_APPS.find((folder) => existsSync(folder)) ?? '',
  });
  const { authenticate, cookies, isAllowedOrigin, isOwnHost, proxies } = admission;
  const live = createLive({
    http: http.server,
    database,
    hub,
    connections,
    executor: fairExecutor,
    unread,
    audiences: audiences(),
    log,
    clock: options.liveClock ?? clock,
    authenticate: createSocketIdentification({
      db: database.db,
      authenticate,
      cookies,
      unverifiedMay: road.unverifiedMay,
    }),
    isAllowedOrigin: (request) =>
      !namesTwoHosts(request) && isOwnHost(proxies.hostOf(request)) && isAllowedOrigin(request),
    clientAddress: proxies.clientOf,
    bounds: config.sockets,
    tamper: options.tamper,
    beaconMs: options.beaconMs,
    finalRefusals: options.finalRefusals,
    heartbeat: options.heartbeat,
    patience: options.patience,
  });

  metrics.add([
    ...programMetrics({ connections, database, hub, jobs, live }),
    ...modules.flatMap((module) => module.metrics ?? []),
  ]);
  hub.start(collect(modules, 'renderers'));
  const ends = hasBackground ? startBackground() : [];

  /** Starts background work. @returns a function that stops it */
  function startBackground(): (() => unknown)[] {
    const periodic = modules.flatMap((module) => module.periodic ?? []);
    return [
      startPruning(database, log),
      startPeriodic(database, jobs, periodic, log),
      mailer.start(),
      ...modules.flatMap((module) => module.start?.() ?? []),
    ];
  }

  const stopAll = () =>
    stopInOrder(
      [
        () => untilNoNewConnections(http.server),
        () => live.stop(),
        () => http.close(),
        () => reserved?.release(),
        () => jobs.stop(),
        ...ends.toReversed(),
        () => hub.stop(),
        () => nodes?.cluster.stop(),
        () => metrics.stop(),
        () => storageMonitor.stop(),
        () => clock.stop(),
        () => database.close(),
      ],
      { server: http.server, log },
    );

  return {
    connections,
    database,
    executor,
    http,
    hub,
    jobs,
    live,
    setupPath: setupToken === undefined ? undefined : `/welcome#setup=${setupToken}`,
    mailboxPath: mailboxToken === undefined ? undefined : `/mailbox?token=${mailboxToken}`,
    modules,
    storage,
    transact,
    async listen() {
      if (isStopping()) throw problem('unavailable');
      await jobs.start();
      await reserved?.release();
      return http.listen({ port, host: config.host });
    },
    stop() {
      stopping ??= stopAll();
      return stopping;
    },
  };
}
