import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { auth, type InputOf, limits, type Me, type Operation, type OutputOf } from '@atrium/protocol';
import pino from 'pino';
import { CHEAP_HASHING } from '../../../../test/app.ts';
import { testDatabase } from '../../../../test/database.ts';
import { createClock } from '../../../platform/clock/index.ts';
import type { Database } from '../../../platform/database/index.ts';
import { createJobs } from '../../../platform/jobs/index.ts';
import { createLimiter } from '../../../platform/limits/index.ts';
import { createMailer } from '../../../platform/mail/index.ts';
import {
  type Actor,
  anonymous,
  type CookieTokens,
  createTransact,
  type Listeners,
  type Module,
  problem,
  type UserActor,
} from '../../../platform/module/index.ts';
import { createExecutor } from '../../../platform/operations/execute.ts';
import { createStreamHub } from '../../../platform/stream/index.ts';
import { createAuthenticator, createKeyring, identityModule, instanceSettings } from '../index.ts';
import { mailResetLink } from '../passwords/reset-mail.ts';

export const PASSWORD = 'correct horse battery';

/** Where a call comes from. */
export interface Caller {
  actor?: Actor;
  ip?: string;
  userAgent?: string;
  transport?: 'rest' | 'socket';
  refreshCookie?: string;
}

/** A registered person who is signed in on one device. */
export interface Person {
  me: Me;
  email: string;
  accessToken: string;
  refreshToken: string;
  actor: UserActor;
}

/** What happened to the caller's cookies. */
export type CookieAct = { set: CookieTokens } | 'clear';

/**
 * This feature alone behind the real pipeline, on its own database. Mails stay queued. The limits are wide, so that
 * tests reach the feature's own rules, unless `narrow` keeps those of the contract.
 */
export async function identityApp(
  on: Listeners = {},
  { narrow = false, hashing = CHEAP_HASHING, defaultTimezone = 'UTC' } = {},
) {
  const database = await testDatabase({ poolSize: 20 });
  const dataDir = await mkdtemp(path.join(tmpdir(), 'atrium-identity-'));
  const log = pino({ level: 'silent' });
  const clock = await createClock(database, log);
  const keyring = await createKeyring({ directory: path.join(dataDir, 'secrets'), clock });
  const wide = { points: 100_000, seconds: 60 };
  const limiter = createLimiter(narrow ? {} : Object.fromEntries(Object.keys(limits).map((name) => [name, wide])));
  const transact = createTransact({
    database,
    hub: createStreamHub({ database, log }),
    jobs: { addJobs: (tx, wanted) => jobs.addJobs(tx, wanted) },
    listeners: () => [on],
  });
  const module: Module = identityModule({
    keyring,
    appUrl: 'https://atrium.example/app',
    defaultTimezone,
    hasMailbox: true,
    hashing,
    database,
    clock,
    limiter,
    log,
    providers: [],
    modules: { all: () => [module], service: () => () => ({ isOpenCode: async () => false }) as never },
    transact,
  });
  const mailer = createMailer({
    clock,
    database,
    log,
    addJobs: (tx, wanted) => jobs.addJobs(tx, wanted),
    print: () => undefined,
  });
  const jobs = await createJobs({ database, log, clock, owners: [module, mailer] });
  const executor = createExecutor({
    database,
    transact,
    limiter,
    log,
    clock,
    implementations: module.operations,
    holds: module.holds ?? {},
    holdCaller: module.callerHold ?? (() => Promise.reject(new Error('It holds no callers.'))),
    loaders: { 'user:known': () => Promise.reject(problem('not_found')) },
    unverifiedMay: async () => (await instanceSettings(database.db)).unverifiedMay,
  });
  const authenticate = createAuthenticator({ keyring });
  let people = 0;

  async function callWithCookies<Op extends Operation>(operation: Op, input: InputOf<Op>, caller: Caller = {}) {
    const cookies: CookieAct[] = [];
    const answer = await executor.execute({
      name: operation.name,
      input,
      actor: caller.actor ?? anonymous,
      request: {
        id: 'test',
        ip: caller.ip ?? '192.0.2.1',
        userAgent: caller.userAgent ?? 'Vitest/1',
        transport: caller.transport ?? 'rest',
        refreshCookie: caller.refreshCookie,
      },
      cookies: {
        set(tokens) {
          if (caller.transport === 'socket') throw problem('invalid_input', 'Sockets have no cookies');
          cookies.push({ set: tokens });
        },
        clear: () => void cookies.push('clear'),
      },
    });
    return { output: answer.data as OutputOf<Op>, cookies };
  }

  const call = async <Op extends Operation>(operation: Op, input: InputOf<Op>, caller?: Caller) =>
    (await callWithCookies(operation, input, caller)).output;

  async function signIn(email: string, caller?: Caller, remember = false): Promise<Person> {
    const output = await call(auth.login, { email, password: PASSWORD, remember }, caller);
    const { accessToken = '', refreshToken = '', user } = output;
    if (user === undefined) throw new Error('A second factor is asked for.');
    return { me: user, email, accessToken, refreshToken, actor: await authenticate(database.db, accessToken) };
  }

  async function register(fields: Partial<InputOf<typeof auth.register>> = {}): Promise<Me> {
    people += 1;
    return call(auth.register, { name: 'Ann', email: `ann${people}@example.org`, password: PASSWORD, ...fields });
  }

  return {
    database,
    keyring,
    /** The directory of the keys. */
    secretsDir: path.join(dataDir, 'secrets'),
    authenticate: (token: string) => authenticate(database.db, token),
    call,
    callWithCookies,
    register,
    signIn,
    /** Creates a person who is signed in. */
    person: async (fields: Partial<InputOf<typeof auth.register>> = {}) => signIn((await register(fields)).email),
    /** The same, with a verified address. */
    async verifiedPerson(): Promise<Person> {
      const { id, email } = await register();
      await query(database, 'update account set email_verified_at = now() where id = $1', [id]);
      return signIn(email);
    },
    mails: (address: string) => query(database, 'select * from mail where to_address = $1 order by id', [address]),
    /** Runs the job that mails a password-reset link. */
    async mailResetLink(accountId: string, jobId: string = randomUUID()): Promise<void> {
      const run = { id: jobId, attempt: 1, last: false, signal: new AbortController().signal };
      await module.jobs?.find(({ name }) => name === mailResetLink.name)?.run({ accountId }, run);
    },
    /** The token of the link in the last mail to an address. */
    async linkToken(address: string): Promise<string> {
      const mails = await query(database, 'select text from mail where to_address = $1 order by id', [address]);
      return /#token=([\w-]+)/.exec(String(mails.at(-1)?.text))?.[1] ?? '';
    },
    /** The code in the last mail to an address. */
    async code(address: string): Promise<string> {
      const mails = await query(database, 'select text from mail where to_address = $1 order by id', [address]);
      return /\b\d{6}\b/.exec(String(mails.at(-1)?.text))?.[0] ?? '';
    },
    events: (userId: string) =>
      query(database, 'select type, body, effect from event where stream = $1 order by seq', [`user:${userId}`]),
    audit: (id: string) =>
      query(database, 'select * from audit_log where target_id = $1 or actor_id = $1 order by id', [id]),
    query: (text: string, values: unknown[] = []) => query(database, text, values),
    async close() {
      clock.stop();
      await jobs.stop();
      await database.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

export type IdentityApp = Awaited<ReturnType<typeof identityApp>>;

async function query(database: Database, text: string, values: unknown[]): Promise<Record<string, unknown>[]> {
  return (await database.pool.query(text, values)).rows;
}
