import { createPrivateKey, type KeyObject } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { type TestApp, testApp } from '../app.ts';

/** A response. */
export interface ExternalAnswer {
  status: number;
  headers: Headers;
  /** As it was sent. */
  text: string;
  // The tests assert its content.
  // biome-ignore lint/suspicious/noExplicitAny: any answer of any route
  body: any;
  /** `name=value` of each cookie that was set, by name. */
  jar: Record<string, string>;
}

export interface ExternalOptions {
  body?: unknown;
  token?: string | undefined;
  headers?: Record<string, string>;
}

/** The whole server on a port, as an external client sees it. */
export interface Wire {
  app: TestApp;
  origin: string;
  /** The directory of its secrets. */
  dataDir: string;
  send(method: string, route: string, options?: ExternalOptions): Promise<ExternalAnswer>;
  /** Opens a socket; rejects with the code of the refusal, with the transport's error, or with "closed". */
  connect(options: Partial<ManagerOptions & SocketOptions>): Promise<Socket>;
  close(): Promise<void>;
}

/** Starts it; `options` as for testApp. */
export async function startExternalApp(options: Parameters<typeof testApp>[0] = {}): Promise<Wire> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'atrium-wire-'));
  const app = await testApp({ ...options, env: { ...options.env, DATA_DIR: dataDir } });
  const origin = (await app.listen()).replace(/\/$/, '');
  const sockets: Socket[] = [];
  return {
    app,
    origin,
    dataDir,
    send: (method, route, wanted) => send(`${origin}/api/v1${route}`, method, wanted),
    async connect(wanted) {
      const socket = io(origin, { forceNew: true, reconnection: false, transports: ['websocket'], ...wanted });
      sockets.push(socket);
      await new Promise<void>((resolve, reject) => {
        socket.once('hello', () => resolve());
        socket.once('connect_error', (error: Error & { data?: { code: string } }) =>
          reject(new Error(error.data?.code ?? error.message)),
        );
        socket.once('disconnect', () => reject(new Error('closed')));
      });
      return socket;
    },
    async close() {
      for (const socket of sockets) socket.close();
      await app.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function send(
  url: string,
  method: string,
  { body, token, headers }: ExternalOptions = {},
): Promise<ExternalAnswer> {
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const cookies = response.headers.getSetCookie().map((cookie) => /^([^=]+)=([^;]*)/.exec(cookie) ?? []);
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: tryParse(text),
    jar: Object.fromEntries(cookies.map(([, name = '', value = '']) => [name, value])),
  };
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The Cookie header of a jar. */
export function cookieOf(jar: Record<string, string>): string {
  return Object.entries(jar)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
}

/** The signing key of the instance, which no attacker has. */
export async function signingKeyOf(dataDir: string): Promise<{ kid: string; privateKey: KeyObject; x: string }> {
  const { signingKeys } = JSON.parse(await readFile(path.join(dataDir, 'secrets', 'identity.json'), 'utf8'));
  const { kid, privateKey } = signingKeys[0];
  return { kid, privateKey: createPrivateKey({ key: privateKey, format: 'jwk' }), x: privateKey.x };
}

/** How often each value occurs. */
export function countBy(values: readonly (string | number)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

/** Runs something in parallel. */
export function concurrently<Result>(count: number, act: (at: number) => Promise<Result>): Promise<Result[]> {
  return Promise.all(Array.from({ length: count }, (_, at) => act(at)));
}

/**
 * Waits for a mail to an address, after the first `after`, with a match.
 * @returns the first group of `wanted`
 */
export async function waitForMail(app: TestApp, address: string, wanted: RegExp, after = 0): Promise<string> {
  for (let tries = 0; tries < 400; tries += 1) {
    const found = app.mails
      .slice(after)
      .findLast((mail) => mail.includes(address) && wanted.test(mail))
      ?.match(wanted)?.[1];
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`No mail to ${address} with ${wanted} came`);
}
