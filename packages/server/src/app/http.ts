import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { isEchoProof } from '../doctor/echo-proof.ts';
import type { Measuring } from '../metrics/measuring.ts';
import { metricsPage } from '../metrics/page.ts';
import { createAuthenticator, type Keyring } from '../modules/identity/index.ts';
import { createPages, missingAppPage } from '../pages/index.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Database } from '../platform/database/index.ts';
import {
  createCookieJar,
  createHostPolicy,
  createHttpServer,
  createOriginPolicy,
  createTrustedProxies,
  serveBoard,
  serveDownloads,
  serveEcho,
  serveFeeds,
  serveHealth,
  servePages,
  serveWebApp,
} from '../platform/http/index.ts';
import type { JobSystem } from '../platform/jobs/index.ts';
import type { Limiter } from '../platform/limits/index.ts';
import { createFairIdentify, type UnreadBytes } from '../platform/load/index.ts';
import type { Log } from '../platform/log/index.ts';
import { serveMcp } from '../platform/mcp/index.ts';
import type { Module, OperationExecutor, Transact } from '../platform/module/index.ts';
import { bindBrowserRedirects, bindContents, bindPlainRoutes, bindRoutes } from '../platform/operations/index.ts';
import type { StorageMonitor } from '../platform/storage/index.ts';
import { createRestIdentification } from './identify.ts';
import { queueBoard } from './queue-board.ts';

/** How callers are authenticated, over HTTP and the socket alike. */
export type Admission = ReturnType<typeof createAdmission>;

/** Builds what tells callers apart: cookies, origins, host names, trusted proxies, access tokens. */
export function createAdmission(
  config: Config,
  { appUrl, keyring, log }: { appUrl: string; keyring: Keyring; log: Pick<Log, 'warn'> },
) {
  const secure = appUrl.startsWith('https:');
  return {
    secure,
    cookies: createCookieJar(secure),
    isAllowedOrigin: createOriginPolicy([...(secure ? [appUrl] : []), ...config.allowedOrigins]),
    isOwnHost: createHostPolicy(config.appUrl, config.allowedOrigins),
    authenticate: createAuthenticator({ keyring }),
    proxies: createTrustedProxies(config.trustedProxies, (address) =>
      log.warn(
        { address },
        'a request says that it was forwarded, by an address that TRUST_PROXY does not name: if that is your proxy, set ' +
          'TRUST_PROXY to it, or everybody counts as one client, and some wrong passwords lock all of them out',
      ),
    ),
  };
}

/** The parts of the server that are exposed over HTTP. */
export interface HttpDeps {
  admission: Admission;
  appUrl: string;
  clock: Clock;
  database: Database;
  /** Runs operations; `fair` schedules callers fairly. */
  executors: Readonly<Record<'plain' | 'fair' | 'redirects', OperationExecutor>>;
  /** Whether the server is reachable from other machines. */
  isPublic: boolean;
  isStopping: () => boolean;
  jobs: JobSystem;
  keyring: Keyring;
  limiter: Limiter;
  log: Log;
  /** Token of the development mailbox, if there is one. */
  mailboxToken: string | undefined;
  metrics: Measuring;
  modules: readonly Module[];
  /** Timeout for headers and bodies; defaults to 30 s. */
  requestTimeoutMs: number | undefined;
  storageMonitor: Pick<StorageMonitor, 'health'>;
  transact: Transact;
  unread: UnreadBytes;
  /** The folder of the built web app. */
  webApp: string;
}

/** Builds the HTTP server with all its routes: the API, files, feeds, health, pages and the web app. */
export async function createHttp(config: Config, deps: HttpDeps): Promise<FastifyInstance> {
  const { admission, clock, database, executors, isPublic, limiter, log, mailboxToken, metrics, unread } = deps;
  const { cookies, isAllowedOrigin, isOwnHost, proxies, secure } = admission;
  const http = await createHttpServer({
    log,
    allowedOrigins: config.allowedOrigins,
    secure,
    isStopping: deps.isStopping,
    isOwnHost,
    proxies,
    requestTimeoutMs: deps.requestTimeoutMs,
    answered: metrics.requestAnswered,
  });
  const { authenticate } = admission;
  const identify = createFairIdentify(
    createRestIdentification({ db: database.db, authenticate, cookies, isAllowedOrigin, executor: executors.plain }),
  );
  bindRoutes(http, { executor: executors.fair, limiter, unread, cookies, identify });
  bindBrowserRedirects(http, { executor: executors.redirects, cookies, identify, secure });
  serveMcp(http, { executor: executors.fair, limiter, unread, identify, isAllowedOrigin });
  bindModuleRoutes();
  serveHealth(http, [database.health, deps.storageMonitor.health]);
  serveEcho(http, proxies, (proof) => isEchoProof(deps.keyring, proof, clock.now()));
  servePages(http, [metricsPage({ metrics, token: config.metricsToken, isPublic })]);
  const { jobs, transact } = deps;
  await serveBoard(http, queueBoard({ jobs, clock, transact, identify, writable: config.queueBoardWritable }));
  const mailbox = mailboxToken === undefined ? undefined : { db: database.db, token: mailboxToken };
  servePages(http, createPages({ appUrl: deps.appUrl, mailbox }));
  if (!(await serveWebApp(http, deps.webApp))) servePages(http, [missingAppPage()]);
  await http.ready();
  return http;

  /** Additional routes of modules. */
  function bindModuleRoutes(): void {
    const { modules } = deps;
    const downloads = modules.flatMap((module) => module.downloads ?? []);
    serveDownloads(http, downloads, { limiter, log });
    const contents = modules.flatMap((module) => module.contents ?? []);
    bindContents(http, contents, { limiter, log, cookies, identify });
    const feeds = modules.flatMap((module) => module.feeds ?? []);
    serveFeeds(http, feeds, { limiter });
    const routes = modules.flatMap((module) => module.routes ?? []);
    bindPlainRoutes(http, routes);
  }
}
