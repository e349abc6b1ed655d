import { randomUUID } from 'node:crypto';
import { type Operation, type OperationSpec, operationGroup } from '@atrium/protocol';
import { sql } from 'kysely';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { testDatabase } from '../../../test/database.ts';
import type { Database } from '../database/index.ts';
import { createLimiter } from '../limits/index.ts';
import {
  type AccessHold,
  type AccessLoaders,
  type Actor,
  anonymous,
  type Call,
  command,
  direct,
  type OperationExecutor,
  preparedCommand,
  read,
  type UserActor,
} from '../module/index.ts';
import { CommittedProblem, problem } from '../problem/index.ts';
import type { StoredEvent } from '../stream/index.ts';
import { createTransact } from '../transact/index.ts';
import { createExecutor } from './execute.ts';

const spec = (over: Partial<OperationSpec> = {}): OperationSpec => ({
  summary: 'for this test',
  method: 'POST',
  path: '/test',
  access: 'user',
  limit: 'public',
  input: z.strictObject({ text: z.string().max(20).optional() }),
  output: z.object({}),
  ...over,
});

const ops = operationGroup('test', {
  write: spec(),
  secret: spec({ secret: true }),
  open: spec({ access: 'public', limit: 'login' }),
  admin: spec({ access: 'instance:admin' }),
  read: spec({ method: 'GET' }),
  direct: spec({ unverified: true }),
  prepared: spec(),
  room: spec({ access: 'workspace:member', input: z.strictObject({ workspaceId: z.string() }) }),
  ruleless: spec({ access: 'workspace:owner' }),
});

let database: Database;
let executor: OperationExecutor;
/** What the operations do when they run; set by each test. */
let act: (text: string | undefined, context: { attempt: number; tx?: unknown }) => unknown;
let unverifiedMay: 'everything' | 'read' | 'nothing';
let runs: string[];
let told: StoredEvent[];
let logged: string;

beforeAll(async () => {
  database = await testDatabase();
  await sql`create table note (id uuid primary key, text text not null)`.execute(database.db);
});
afterAll(() => database.close());

beforeEach(() => {
  runs = [];
  told = [];
  logged = '';
  unverifiedMay = 'everything';
  act = () => undefined;
  const carry = async (context: object) => {
    const { input, tx, append, now } = context as { input: { text?: string }; tx: never; append: never; now: Date };
    runs.push(input.text ?? '');
    const attempt = runs.length;
    const id = randomUUID();
    if (tx !== undefined) {
      await sql`insert into note (id, text) values (${id}, ${input.text ?? ''})`.execute(tx);
      (append as (...args: unknown[]) => void)('workspace:test', 'workspace:left', { attempt });
    }
    await act(input.text, { attempt, tx });
    return { id, now: now.toISOString() };
  };
  const loaders: AccessLoaders = {
    'workspace:member': async (_db, _actor, input) => {
      if (input.workspaceId === 'mine') return undefined as never;
      throw problem(input.workspaceId === 'seen' ? 'forbidden' : 'not_found');
    },
  };
  const held: AccessHold = async () => undefined;
  executor = createExecutor({
    database,
    transact: createTransact({
      database,
      hub: { committed: (events) => void told.push(...events) },
      jobs: { addJobs: async () => undefined },
      listeners: () => [],
    }),
    limiter: createLimiter({}),
    log: pino(
      { level: 'error' },
      {
        write: (line: string) => {
          logged += line;
        },
      },
    ),
    clock: { now: () => new Date() },
    loaders,
    holds: { user: held, 'instance:admin': held, 'workspace:member': held },
    holdCaller: async () => undefined,
    unverifiedMay: async () => unverifiedMay,
    implementations: [
      command(ops.write as Operation, carry),
      command(ops.secret as Operation, carry),
      command(ops.open as Operation, carry),
      command(ops.admin as Operation, carry),
      command(ops.room as Operation, carry),
      command(ops.ruleless as Operation, carry),
      read(ops.read as Operation, carry),
      direct(ops.direct as Operation, carry),
      preparedCommand(
        ops.prepared as Operation,
        ({ input }) => {
          runs.push('prepare');
          return `prepared ${String(input.text)}`;
        },
        ({ prepared }) => ({ prepared }),
      ),
    ],
  });
});

const user = (over: Partial<UserActor> = {}): UserActor => ({
  kind: 'user',
  userId: randomUUID(),
  sessionId: randomUUID(),
  role: 'user',
  emailVerified: true,
  expiresAt: new Date(),
  ...over,
});

function call(name: string, over: Partial<Omit<Call, 'request'>> & { ip?: string } = {}) {
  const { ip = '10.0.0.1', ...rest } = over;
  return executor.execute({
    name: `test.${name}`,
    input: {},
    actor: user(),
    cookies: { set() {}, clear() {} },
    request: { id: randomUUID(), ip, userAgent: '', transport: 'rest' },
    ...rest,
  });
}

const notes = async (text: string) =>
  (await sql<{ n: number }>`select count(*)::int as n from note where text = ${text}`.execute(database.db)).rows[0]?.n;

describe('access', () => {
  const unverified = user({ emailVerified: false });
  const admin = user({ role: 'admin' });

  it.each<[string, string, Actor, typeof unverifiedMay, string]>([
    ['nobody, to what needs a person', 'write', anonymous, 'everything', 'unauthenticated'],
    ['nobody, to what is public', 'open', anonymous, 'nothing', 'ok'],
    ['a person', 'write', user(), 'nothing', 'ok'],
    ['a person, to what is for admins', 'admin', user(), 'everything', 'forbidden'],
    ['nobody, to what is for admins', 'admin', anonymous, 'everything', 'unauthenticated'],
    ['an admin', 'admin', admin, 'everything', 'ok'],
    ['unverified, where all may', 'write', unverified, 'everything', 'ok'],
    ['unverified, to a command where they may read', 'write', unverified, 'read', 'unverified_email'],
    ['unverified, to a read where they may read', 'read', unverified, 'read', 'ok'],
    ['unverified, to a read where they may nothing', 'read', unverified, 'nothing', 'unverified_email'],
    ['unverified, to what is open to them', 'direct', unverified, 'nothing', 'ok'],
    ['unverified, to what is public', 'open', unverified, 'nothing', 'ok'],
    ['a person, by a rule that nobody keeps', 'ruleless', user(), 'everything', 'not_found'],
  ])('%s', async (_what, name, actor, may, expected) => {
    unverifiedMay = may;
    const code = await call(name, { actor }).then(
      () => 'ok',
      (error: { code: string }) => error.code,
    );
    expect(code).toBe(expected);
    expect(runs.length).toBe(expected === 'ok' ? 1 : 0);
  });

  it('is decided by the loader of the rule', async () => {
    await expect(call('room', { input: { workspaceId: 'mine' } })).resolves.toBeDefined();
    await expect(call('room', { input: { workspaceId: 'seen' } })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(call('room', { input: { workspaceId: 'other' } })).rejects.toMatchObject({ code: 'not_found' });
    expect(runs).toHaveLength(1);
  });

  it('counts failed attempts, but neither malformed ones nor server errors', async () => {
    const ip = '10.0.0.2';
    for (let n = 0; n < 10; n++) {
      await expect(call('open', { actor: anonymous, ip, input: { text: 7 } })).rejects.toMatchObject({
        code: 'invalid_input',
      });
    }
    act = () => {
      throw new Error('server error');
    };
    for (let n = 0; n < 10; n++)
      await expect(call('open', { actor: anonymous, ip })).rejects.toMatchObject({ code: 'internal' });
    act = () => {
      throw problem('invalid_credentials');
    };
    for (let n = 0; n < 5; n++) {
      await expect(call('open', { actor: anonymous, ip })).rejects.toMatchObject({ code: 'invalid_credentials' });
    }
    await expect(call('open', { actor: anonymous, ip })).rejects.toMatchObject({ code: 'rate_limited' });
    await expect(call('open', { actor: anonymous, ip: '10.0.0.3' })).rejects.toMatchObject({
      code: 'invalid_credentials',
    });
  });
});

describe('a command', () => {
  it('commits its writes and events together, and announces them after the commit', async () => {
    act = () => {
      expect(told).toEqual([]);
    };
    await call('write', { input: { text: 'kept' } });
    expect(await notes('kept')).toBe(1);
    expect(told.map(({ type }) => type)).toEqual(['workspace:left']);
  });

  it('has no effect and emits nothing if it is refused', async () => {
    act = () => {
      throw problem('conflict');
    };
    await expect(call('write', { input: { text: 'refused' } })).rejects.toMatchObject({ code: 'conflict' });
    expect(await notes('refused')).toBe(0);
    expect(told).toEqual([]);
  });

  it('commits the writes of a refusal that must be recorded', async () => {
    act = () => {
      throw new CommittedProblem('code_wrong');
    };
    const actor = user();
    for (let n = 1; n <= 2; n++) {
      await expect(call('write', { actor, key: 'k', input: { text: 'counted' } })).rejects.toMatchObject({
        code: 'code_wrong',
      });
      expect(await notes('counted')).toBe(n);
    }
    expect(told).toHaveLength(2);
  });

  it('is retried after a deadlock, and keeps only what the last attempt did', async () => {
    act = (_text, { attempt }) => {
      if (attempt < 3) throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
    };
    await call('write', { input: { text: 'thrice' } });
    expect(runs).toHaveLength(3);
    expect(await notes('thrice')).toBe(1);
    expect(told.map(({ body }) => body)).toEqual([{ attempt: 3 }]);
  });

  it('prepares once, before the transaction', async () => {
    await expect(call('prepared', { input: { text: 'x' } })).resolves.toMatchObject({
      data: { prepared: 'prepared x' },
    });
    expect(runs).toEqual(['prepare']);
  });
});

describe('an idempotency key', () => {
  it('makes a command take effect once and repeats its answer', async () => {
    const actor = user();
    const first = await call('write', { actor, key: 'k', input: { text: 'once' } });
    const again = await call('write', { actor, key: 'k', input: { text: 'once' } });
    expect(again).toEqual({ ...first, replayed: true });
    expect(first.replayed).toBe(false);
    expect(await notes('once')).toBe(1);
    expect(told).toHaveLength(1);
  });

  it('belongs to one command with one input of one user', async () => {
    const actor = user();
    await call('write', { actor, key: 'k', input: { text: 'a' } });
    const mismatch = { code: 'idempotency_mismatch' };
    await expect(call('write', { actor, key: 'k', input: { text: 'b' } })).rejects.toMatchObject(mismatch);
    await expect(call('prepared', { actor, key: 'k', input: { text: 'a' } })).rejects.toMatchObject(mismatch);
    await expect(call('write', { key: 'k', input: { text: 'a' } })).resolves.toMatchObject({ replayed: false });
  });

  it('has no effect for anonymous callers', async () => {
    for (let n = 1; n <= 2; n++) {
      await call('open', { actor: anonymous, key: 'k', input: { text: 'nobody' } });
      expect(await notes('nobody')).toBe(n);
    }
  });

  it('A15 makes a command with secrets take effect once, and stores neither its answer nor its input', async () => {
    const actor = user();
    await call('secret', { actor, key: 'k', input: { text: 'secret' } });
    const again = () => call('secret', { actor, key: 'k', input: { text: 'secret' } });
    await expect(again()).rejects.toMatchObject({ code: 'already_done', status: 409 });
    const guess = call('secret', { actor, key: 'k', input: { text: 'a guess' } });
    await expect(guess).rejects.toMatchObject({ code: 'already_done' });
    await expect(call('write', { actor, key: 'k' })).rejects.toMatchObject({ code: 'idempotency_mismatch' });
    expect(await notes('secret')).toBe(1);
    expect(await notes('a guess')).toBe(0);
    await call('secret', { actor, key: 'other', input: { text: 'else' } });
    const { rows } = await sql<{ answer: unknown; hash: Buffer }>`
      select answer, input_hash as hash from idempotency where account_id = ${actor.userId}
    `.execute(database.db);
    expect(rows.map(({ answer }) => answer)).toEqual([null, null]);
    expect(rows[0]?.hash).toEqual(rows[1]?.hash);
  });

  it('can be used again if the command was refused', async () => {
    const actor = user();
    act = (_text, { attempt }) => {
      if (attempt === 1) throw problem('conflict');
    };
    await expect(call('write', { actor, key: 'k' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(call('write', { actor, key: 'k' })).resolves.toMatchObject({ replayed: false });
  });

  it('lets one of many parallel calls run; the others get its answer or `in_progress`', async () => {
    const actor = user();
    act = () => sql`select pg_sleep(0.02)`.execute(database.db);
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, () => call('write', { actor, key: 'k', input: { text: 'twins' } })),
    );
    expect(await notes('twins')).toBe(1);
    const ids = new Set<unknown>();
    for (const answer of answers) {
      if (answer.status === 'fulfilled') ids.add(answer.value.data.id);
      else expect(answer.reason).toMatchObject({ code: 'in_progress', details: { retryAfterMs: 500 } });
    }
    expect(ids.size).toBe(1);
    await expect(call('write', { actor, key: 'k', input: { text: 'twins' } })).resolves.toMatchObject({
      replayed: true,
    });
  });
});

describe('server errors', () => {
  it.each<[string, () => Error, string]>([
    ['an error', () => new Error('select secret from account where x = 1'), 'internal'],
    [
      'an error of the database',
      () => Object.assign(new Error('relation "x" does not exist'), { code: '42P01' }),
      'internal',
    ],
    ['a lost connection', () => Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }), 'unavailable'],
    ['a full disk', () => Object.assign(new Error('could not extend file'), { code: '53100' }), 'storage_full'],
  ])('%s is told by its code alone, and logged', async (_what, make, code) => {
    act = () => {
      throw make();
    };
    const refusal = (await call('read').catch((error: unknown) => error)) as ReturnType<typeof problem>;
    expect(refusal.code).toBe(code);
    expect(JSON.stringify(refusal.toProblem())).not.toMatch(/select|relation|extend|gone/);
    expect(logged.includes('an operation failed')).toBe(code === 'internal');
  });

  it('does not name an unknown operation', async () => {
    await expect(call('nothing')).rejects.toMatchObject({ code: 'not_found' });
  });
});
