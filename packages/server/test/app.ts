import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type Contract,
  type InputOf,
  limits,
  type Me,
  type OutputOf,
  type StreamName,
  thingLimits,
} from '@atrium/protocol';
import pino from 'pino';
import { type App, type AppOptions, createApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import type { HashParameters } from '../src/modules/identity/index.ts';
import type { Database } from '../src/platform/database/index.ts';
import { type Actor, anonymous, type CookieTokens, type UserActor } from '../src/platform/module/index.ts';
import type { StoredEvent } from '../src/platform/stream/index.ts';
import { readEvents } from '../src/platform/stream/store.ts';
import type { RequestInfo } from '../src/platform/transact/index.ts';
import { testDatabase } from './database.ts';
import { incomingFiles, type TestFile } from './multipart.ts';
import { sessionOpener } from './session.ts';

/** `'workspaces.create'` and so on: every operation by name. */
export type OperationName = {
  [Group in keyof Contract]: `${Group}.${keyof Contract[Group] & string}`;
}[keyof Contract];
type Find<Name> = Name extends `${infer Group extends keyof Contract}.${infer Verb}`
  ? Contract[Group][Verb & keyof Contract[Group]]
  : never;
type Input<Name> = InputOf<Find<Name>>;

export interface CallOptions {
  key?: string;
  ip?: string;
  userAgent?: string;
  transport?: RequestInfo['transport'];
  refreshCookie?: string;
  /** The files of an operation that accepts files. */
  files?: readonly TestFile[];
  /** Receives the tokens that a browser would store. */
  onCookies?: (tokens: CookieTokens | undefined) => void;
}

/** Calls operations as one actor, without a transport. Rejects with ProblemError. */
export type Caller = <Name extends OperationName>(
  name: Name,
  input: Input<Name>,
  options?: CallOptions,
) => Promise<OutputOf<Find<Name>>>;

/** A signed-in person. */
export interface Person {
  userId: string;
  me: Me;
  email: string;
  password: string;
  accessToken: string;
  refreshToken: string;
  actor: UserActor;
  call: Caller;
}

/** The whole server on its own database, in this process. */
export interface TestApp {
  app: App;
  database: Database;
  /** Registers and signs in; the address is verified unless told otherwise. */
  person(name: string, options?: { verified?: boolean }): Promise<Person>;
  /** Calls without a session. */
  call: Caller;
  /** Calls as any actor. */
  as(actor: Actor): Caller;
  events(stream: StreamName): Promise<StoredEvent[]>;
  /** Printed mails. */
  mails: string[];
  /** Lines of the log about server errors. */
  faults: string[];
  /** Serves on a free port. @returns the address */
  listen(): Promise<string>;
  close(): Promise<void>;
}

/** The lowest cost: a test signs up many people, and few test how passwords are stored. */
export const CHEAP_HASHING: HashParameters = { memoryCost: 64, timeCost: 1, parallelism: 1 };

const PLENTY = '1000000/1';
export const PASSWORD = 'correct horse battery staple';

/**
 * Creates the server for a test.
 * @param options.env configuration by environment variable; limits are out of the way unless `limits` is true
 */
export async function testApp(
  options: { env?: Record<string, string>; limits?: boolean } & Omit<AppOptions, 'database' | 'printMail'> = {},
): Promise<TestApp> {
  const { env, limits: keepLimits, ...appOptions } = options;
  const dataDir = await mkdtemp(path.join(tmpdir(), 'atrium-test-'));
  const database = await testDatabase();
  const noLimits = {
    ...Object.fromEntries(
      Object.keys({ ...limits, ...thingLimits }).map((name) => [`LIMIT_${name.toUpperCase()}`, PLENTY]),
    ),
    SOCKETS_PER_USER: '100000',
    SOCKETS_OPENING_PER_ADDRESS: '100000',
  };
  const config = readConfig({ DATA_DIR: dataDir, PORT: '0', ...(keepLimits ? {} : noLimits), ...env });
  const mails: string[] = [];
  const faults: string[] = [];
  const app = await createApp(config, testLog(faults), {
    hashing: CHEAP_HASHING,
    // Whether the app was built here must not matter to a test.
    webApp: path.join(dataDir, 'no-web-app'),
    isPublic: false,
    ...appOptions,
    database,
    printMail: (block) => mails.push(block),
  });

  const as = (actor: Actor): Caller => {
    const call = async (name: string, input: unknown, { onCookies, key, files, ...request }: CallOptions = {}) => {
      const { data } = await app.executor.execute({
        name,
        input,
        actor,
        key,
        files: files && incomingFiles(files),
        cookies: { set: (tokens) => onCookies?.(tokens), clear: () => onCookies?.(undefined) },
        request: { id: randomUUID(), ip: '127.0.0.1', userAgent: 'test', transport: 'rest', ...request },
      });
      checkOutput(app, name, data);
      return data;
    };
    return call as unknown as Caller;
  };

  const call = as(anonymous);
  const openSession = sessionOpener(database, path.join(config.dataDir, 'secrets'));
  let people = 0;
  return {
    app,
    database,
    as,
    call,
    mails,
    faults,
    events: (stream) => readEvents(database.db, stream, 0, 10_000),
    listen: () => app.listen(),
    async person(name, { verified = true } = {}) {
      people += 1;
      const email = `${name.toLowerCase().replace(/\W+/g, '.')}.${people}@example.org`;
      const registered = await call('auth.register', { name, email, password: PASSWORD });
      const me = { ...registered, emailVerified: verified };
      const { id: sessionId, expiresAt, ...tokens } = await openSession(me.id, { verified });
      const actor: UserActor = {
        kind: 'user',
        userId: me.id,
        sessionId,
        role: me.role,
        emailVerified: verified,
        expiresAt,
      };
      return { userId: me.id, me, email, password: PASSWORD, ...tokens, actor, call: as(actor) };
    },
    async close() {
      await app.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Prints lines from the level TEST_LOG on, if it is set; keeps those of level error and fatal. */
function testLog(faults: string[]): pino.Logger {
  const keep = { write: (line: string) => void faults.push(line) };
  const shown = process.env.TEST_LOG as pino.Level | undefined;
  return pino(
    { level: shown ?? 'error' },
    pino.multistream([
      { level: 'error', stream: keep },
      ...(shown === undefined ? [] : [{ level: shown, stream: process.stdout }]),
    ]),
  );
}

/** Checks that the server returns only what is in the contract. */
function checkOutput(app: App, name: string, data: unknown): void {
  const operation = app.executor.operations.get(name)?.operation;
  if (operation === undefined) return;
  const parsed = operation.output.parse(data);
  const lost = differences(data, parsed);
  if (lost.length > 0) throw new Error(`${name} answers with fields outside its contract: ${lost.join(', ')}`);
}

function differences(before: unknown, after: unknown, at = ''): string[] {
  if (typeof before !== 'object' || before === null || typeof after !== 'object' || after === null) return [];
  return Object.entries(before).flatMap(([key, value]) =>
    Object.hasOwn(after, key)
      ? differences(value, (after as Record<string, unknown>)[key], `${at}${key}.`)
      : value === undefined
        ? []
        : [`${at}${key}`],
  );
}
