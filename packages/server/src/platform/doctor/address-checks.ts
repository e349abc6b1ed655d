import { isIP } from 'node:net';
import { io, type ManagerOptions, type SocketOptions } from 'socket.io-client';
import { isLocalAddress } from '../http/index.ts';
import { type Finding, failed, ok, reasonOf, warning } from './check.ts';

const ANSWER_MS = 8_000;

/** What the server reports about a request through its public URL; see serveEcho. */
export interface Echo {
  /** The address used as the client's. */
  client: string;
  /** The address that the connection came from. */
  peer: string;
  /** The trusted proxies. */
  peerIsTrusted: boolean;
  host: string | null;
  forwardedFor: string | null;
  forwardedHost: string | null;
}

/** Connects to APP_URL as a browser does: by WebSocket, and by polling. */
export async function checkSocket(appUrl: string): Promise<Finding> {
  const webSocket = await reach(appUrl, 'websocket');
  if (webSocket === undefined) return ok(`Sockets reach the server through ${appUrl}.`);
  const requests = await reach(appUrl, 'polling');
  if (requests !== undefined) {
    return failed(
      `No socket reaches the server through ${appUrl}: ${requests}`,
      'See that the server runs, that APP_URL leads to it from this machine, and that the proxy passes on /socket.io/.',
    );
  }
  return failed(
    `Requests to /socket.io/ reach the server through ${appUrl}, but WebSockets do not: ${webSocket}`,
    'Let the proxy pass on the headers Upgrade and Connection, by HTTP/1.1 (nginx: proxy_http_version 1.1).',
  );
}

/** @returns why the server was not reached; undefined if it was. Without a session it responds with a known error. */
function reach(appUrl: string, transport: 'websocket' | 'polling'): Promise<string | undefined> {
  const options: Partial<ManagerOptions & SocketOptions> = {
    transports: [transport],
    reconnection: false,
    forceNew: true,
    timeout: ANSWER_MS,
  };
  const socket = io(appUrl, options);
  return new Promise<string | undefined>((resolve) => {
    const timer = setTimeout(() => resolve('no answer'), ANSWER_MS);
    const done = (reason: string | undefined) => {
      clearTimeout(timer);
      resolve(reason);
    };
    socket.on('connect', () => done(undefined));
    socket.on('connect_error', (error: Error & { data?: { code?: unknown }; description?: unknown }) => {
      const isOurs = typeof error.data?.code === 'string';
      done(isOurs ? undefined : reasonOf(error.description instanceof Error ? error.description : error));
    });
  }).finally(() => socket.close());
}

/**
 * Asks the server, through its public URL, what it received.
 * @param echoPath the path of the echo, including the proof of authorization
 */
export async function checkForwarding(appUrl: string, echoPath: string): Promise<Finding> {
  let answer: Response;
  try {
    answer = await fetch(new URL(echoPath, appUrl), { redirect: 'manual', signal: AbortSignal.timeout(ANSWER_MS) });
  } catch (error) {
    const reason = reasonOf(error instanceof Error && error.cause instanceof Error ? error.cause : error);
    return failed(
      `${appUrl} cannot be reached from this machine: ${reason}`,
      'See that the server and the proxy run, that the name leads to them, and that the certificate is good.',
    );
  }
  if (answer.status >= 300 && answer.status < 400) {
    const found = `${appUrl} sends us on to ${answer.headers.get('location') ?? 'another address'}.`;
    return failed(found, 'Set APP_URL to the address at which people stay.');
  }
  const echo = answer.ok ? ((await answer.json().catch(() => undefined)) as Echo | undefined) : undefined;
  if (echo?.peer === undefined) {
    return failed(
      `What answers at ${appUrl} is not this instance (status ${answer.status}).`,
      'See that APP_URL and the proxy lead to this server, and that all nodes run this version.',
    );
  }
  return judge(appUrl, echo);
}

function judge(appUrl: string, echo: Echo): Finding {
  const { host: wanted } = new URL(appUrl);
  const { client, forwardedFor, host, peer, peerIsTrusted } = echo;
  const said = peerIsTrusted ? (echo.forwardedHost ?? host) : host;
  if (said !== wanted) {
    return failed(
      `The proxy asks for "${said ?? ''}" instead of "${wanted}".`,
      'Let it pass on the Host header (nginx: proxy_set_header Host $http_host).',
    );
  }
  if (forwardedFor !== null && !peerIsTrusted) {
    return failed(
      `A proxy at ${peer} says whom it asks for, but is not trusted: everybody has its address.`,
      `Set TRUST_PROXY=${peer}, or its network.`,
    );
  }
  if (forwardedFor === null && peerIsTrusted) {
    return failed(
      `The trusted proxy at ${peer} does not say whom it asks for: everybody has its address.`,
      'Let it set X-Forwarded-For (nginx: proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for).',
    );
  }
  if (isIP(client) === 0) return failed(`The address of a client is unknown ("${client}").`, 'Check X-Forwarded-For.');
  if (forwardedFor === null && !isLocalAddress(appUrl) && isLoopback(peer)) {
    return warning(
      `Requests come from ${peer} and without X-Forwarded-For, as from a proxy that does not say whom it asks for.`,
      'If there is a proxy, let it set X-Forwarded-For, and set TRUST_PROXY to its address.',
    );
  }
  return ok(`Requests arrive for ${wanted} from ${client}${client === peer ? '' : `, through ${peer}`}.`);
}

const isLoopback = (address: string) => /^(::ffff:)?127\.|^::1$/.test(address);
