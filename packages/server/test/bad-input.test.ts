import { randomInt, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Operation, problem as problemSchema } from '@atrium/protocol';
import fc from 'fast-check';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { badInput, fittingInput } from './bad-input/inputs.ts';
import { type RawAnswer, send, sendInput } from './bad-input/sending.ts';
import { type BadInputWorld, badInputWorld } from './bad-input/world.ts';

/** Number of cases per operation and transport; `BAD_INPUT_CASES=300 npx vitest run bad-input` for a long run. */
const CASES = Number(process.env.BAD_INPUT_CASES ?? 25);
const seed = Number(process.env.BAD_INPUT_SEED ?? randomInt(2 ** 31));
const parameters = { numRuns: CASES, seed, endOnFailure: CASES > 50 };

let world: BadInputWorld;
let before: Record<string, string>;
let socket: Socket;

beforeAll(async () => {
  process.stdout.write(`bad input: BAD_INPUT_SEED=${seed}\n`);
  world = await badInputWorld();
  socket = await openSocket();
  before = await world.digest();
});
afterAll(async () => {
  socket.close();
  await world.app.close();
});

async function openSocket(): Promise<Socket> {
  const opened = io(world.url, { auth: { token: world.ann.accessToken }, transports: ['websocket'], forceNew: true });
  await new Promise<void>((resolve, reject) => {
    opened.once('hello', () => resolve());
    opened.once('connect_error', reject);
  });
  return opened;
}

/** Refused as a problem with a code, which names the place of a fault in the input, and reveals no internals. */
function expectRefusal(body: unknown): void {
  const problem = problemSchema.parse(body);
  expect(problem.status).toBeGreaterThanOrEqual(400);
  expect(problem.status).toBeLessThan(500);
  if (problem.code === 'invalid_input') expect(problem.errors?.length ?? 0).toBeGreaterThan(0);
  for (const fault of problem.errors ?? []) expect(fault.message.length).toBeGreaterThan(0);
  expect(JSON.stringify(body)).not.toMatch(/select |insert |node_modules|\.ts:\d|at async/);
  expect(JSON.stringify(body).length).toBeLessThan(20_000);
}

function expectRefusedAnswer({ status, type, body }: RawAnswer): void {
  expectRefusal(body);
  expect(status).toBe(body.status);
  expect(type).toMatch(/^application\/problem\+json/);
}

async function emit(event: string, ...args: unknown[]): Promise<unknown> {
  return socket.timeout(20_000).emitWithAck(event, ...args);
}

async function expectSocketRefusal(event: string, ...args: unknown[]): Promise<void> {
  const answer = (await emit(event, ...args)) as { ok: boolean; error?: unknown };
  expect(answer.ok).toBe(false);
  expectRefusal(answer.error);
}

async function expectAliveAndUntouched(): Promise<void> {
  const me = await fetch(`${world.url}/api/v1/users/me`, {
    headers: { authorization: `Bearer ${world.ann.accessToken}` },
  });
  expect(me.status).toBe(200);
  expect(await world.digest()).toEqual(before);
}

describe('invalid input', () => {
  it('is refused over REST, with the fault and its path, and stores nothing', async () => {
    for (const operation of world.operations) {
      await fc.assert(
        fc.asyncProperty(badInput(operation, world.known), async (input) => {
          const answer = await sendInput(world, operation, input);
          // The text of a query may happen to have the same meaning as the JSON.
          if (answer.status < 400 && ['GET', 'DELETE'].includes(operation.method)) return;
          expectRefusedAnswer(answer);
        }),
        { ...parameters, ...(isReadable(operation) ? {} : { numRuns: 0 }) },
      );
    }
    await expectAliveAndUntouched();
  }, 180_000);

  it('is refused over the socket, by the general and by the named command alike', async () => {
    for (const operation of world.operations) {
      await fc.assert(
        fc.asyncProperty(badInput(operation, world.known), async (input) => {
          await expectSocketRefusal('op', { name: operation.name, input });
          if (operation.event !== undefined) await expectSocketRefusal(operation.event, input);
        }),
        parameters,
      );
    }
    await expectAliveAndUntouched();
  }, 180_000);
});

/** A DELETE whose bad query happens to be valid would be carried out. */
function isReadable(operation: Operation): boolean {
  return operation.method !== 'DELETE';
}

describe('prototype keys', () => {
  it.each(['__proto__', 'constructor', 'prototype'])(
    '%s is refused at any depth, by REST and by the socket',
    async (key) => {
      for (const operation of world.operations) {
        const good = fittingInput(operation, world.known);
        const raw = `{${JSON.stringify(key)}:{"isAdmin":true},${JSON.stringify(good).slice(1)}`.replace(',}', '}');
        if (!['GET', 'DELETE'].includes(operation.method)) {
          const path = operation.path.replace(/:(\w+)/g, (_match, name: string) => String(good[name] ?? 'x'));
          const headers = { authorization: `Bearer ${world.ann.accessToken}`, 'content-type': 'application/json' };
          expectRefusedAnswer(
            await send(world.url, { method: operation.method, path: `/api/v1${path}`, headers, body: raw }),
          );
        }
        await expectSocketRefusal('op', { name: operation.name, input: JSON.parse(raw) as unknown });
      }
      const deep = JSON.parse(`{"preferences":{"${key}":{"hideReceipts":true}}}`) as unknown;
      await expectSocketRefusal('op', { name: 'users.updateMe', input: deep });
      const since = JSON.parse(`{"since":{"${key}":1}}`) as unknown;
      await expectSocketRefusal('resume', since);
      expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
      await expectAliveAndUntouched();
    },
  );
});

describe('malformed requests', () => {
  const path = '/api/v1/workspaces';
  const post = (over: { path?: string; headers?: Record<string, string>; body?: string | Buffer }) =>
    send(world.url, {
      method: 'POST',
      path: over.path ?? path,
      headers: {
        authorization: `Bearer ${world.ann.accessToken}`,
        'content-type': 'application/json',
        ...over.headers,
      },
      body: over.body ?? '{"name":"Team"}',
    });

  it.each([
    ['cut off', '{"name":"Te', 'invalid_json'],
    ['not JSON', 'name=Team', 'invalid_json'],
    ['a number beyond JSON', '{"name":1e309}', 'invalid_input'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 'invalid_json'],
    ['a list', '[]', 'invalid_input'],
    ['text', '"Team"', 'invalid_input'],
    ['null', 'null', 'invalid_input'],
    ['nothing', '', 'invalid_input'],
    ['100,000 levels deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'invalid_input'],
    ['10,000 objects deep', `${'{"name":'.repeat(10_000)}1${'}'.repeat(10_000)}`, 'invalid_input'],
    ['prototype', '{"name":"Team","__proto__":{"a":1}}', 'invalid_json'],
    ['larger than a megabyte', `{"name":"${'x'.repeat(1_000_001)}"}`, 'payload_too_large'],
  ])('a body that is %s', async (_what, body, code) => {
    const answer = await post({ body });
    expectRefusedAnswer(answer);
    expect(answer.body.code).toBe(code);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'junk',
    'application/json-seq',
  ])('a body of the type %s', async (type) => {
    const answer = await post({ headers: { 'content-type': type } });
    expectRefusedAnswer(answer);
    expect(answer.body).toMatchObject({ status: 415, code: 'unsupported_media_type' });
  });

  it.each([
    '/api/v1/conversations/%zz',
    '/api/v1/conversations/%ff',
    '/api/v1/conversations/%00',
    '/api/v1/conversations/..%2f..%2fetc',
    `/api/v1/conversations/${'x'.repeat(300)}`,
    '/api/v1/conversations/not-a-uuid',
    '/api/v1/conversations?limit=1&limit=2',
    '/api/v1/conversations?limit=0',
    '/api/v1/conversations?limit=201',
    '/api/v1/conversations?limit=1e2',
    '/api/v1/conversations?limit=',
    '/api/v1/conversations?limit[]=1',
    '/api/v1/conversations?__proto__=1',
    '/api/v1/conversations?constructor=1',
    '/api/v1/conversations?cursor=%F0%9F%98%80',
    '/api/v1/conversations?cursor=aGVsbG8',
    '/api/v1/conversations?scope=all',
    '/api/v1/nowhere',
    '/api/v1/',
    '/%',
    '/api/v2/users/me',
  ])('GET %s', async (where) => {
    const headers = { authorization: `Bearer ${world.ann.accessToken}` };
    expectRefusedAnswer(await send(world.url, { method: 'GET', path: where, headers }));
  });

  it('two values for one key that is in the path already, and unknown keys', async () => {
    const { conversationId } = world.known;
    const inBody = await post({
      path: `/api/v1/conversations/${conversationId}/messages`,
      body: JSON.stringify({ conversationId, content: 'x', clientMessageId: randomUUID() }),
    });
    expectRefusedAnswer(inBody);
    expect(inBody.body.errors).toEqual([expect.objectContaining({ path: 'conversationId' })]);
    expectRefusedAnswer(await post({ path: `${path}?name=Team` }));
    expectRefusedAnswer(await post({ headers: { 'idempotency-key': 'x'.repeat(201) } }));
    expectRefusedAnswer(await post({ headers: { 'idempotency-key': '' } }));
  });

  it('malformed credentials', async () => {
    for (const authorization of [
      'Bearer',
      'Basic YTpi',
      'Bearer a b',
      `Bearer ${'x'.repeat(9_000)}`,
      'Bearer a.b.c',
      'bearer\tx',
    ]) {
      const answer = await post({ headers: { authorization } });
      expectRefusedAnswer(answer);
      expect(answer.status).toBe(401);
    }
    expectRefusedAnswer(
      await post({ headers: { authorization: '', cookie: 'atrium_access=%zz; atrium_access=x; __proto__=y' } }),
    );
  });

  it.each([
    ['junk', 'garbage\r\n\r\n', 400],
    ['a header without an end', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`, 431],
    ['a length that is no number', 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: ten\r\n\r\n', 400],
    ['two lengths', 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n', 400],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['5,000 headers', `GET /api/v1/users/me HTTP/1.1\r\nhost: x\r\n${'a: b\r\n'.repeat(5_000)}\r\n`, 431],
  ])('what is not HTTP: %s', async (_what, bytes, status) => {
    const { hostname, port } = new URL(world.url);
    const text = await new Promise<string>((resolve, reject) => {
      const raw = connect(Number(port), hostname);
      let got = '';
      raw.setTimeout(20_000, () => raw.destroy(new Error('no answer')));
      raw.on('data', (chunk) => {
        got += String(chunk);
      });
      raw.on('end', () => resolve(got));
      raw.on('error', (error) => (got === '' ? reject(error) : resolve(got)));
      raw.write(bytes);
    });
    expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it('have no effect', expectAliveAndUntouched);
});

describe('a socket that sends malformed data', () => {
  it.each([
    ['no name', [{}]],
    ['a name that nobody has', [{ name: 'nobody.knows', input: {} }]],
    ['a name of a prototype', [{ name: '__proto__', input: {} }]],
    ['a name that is no text', [{ name: 7, input: {} }]],
    ['a key that is too long', [{ name: 'workspaces.create', input: { name: 'x' }, key: 'x'.repeat(201) }]],
    ['unknown keys', [{ name: 'users.me', input: {}, actor: 'admin' }]],
    ['nothing', []],
    ['null', [null]],
    ['text', ['users.me']],
    ['a list', [[{ name: 'users.me' }]]],
    ['binary', [Buffer.from('users.me')]],
    ['binary input', [{ name: 'workspaces.create', input: { name: Buffer.from('x') } }]],
    ['more arguments than one', ['a', 'b', { name: 'users.me' }]],
  ])('op with %s', async (_what, args) => {
    await expectSocketRefusal('op', ...args);
  });

  it.each([
    'nowhere',
    '__proto__',
    'constructor',
    'toString',
    'x'.repeat(2_000),
    'hello',
    'message:receive',
    'auth:renew',
    5,
    -1e300,
  ])('the event %s', async (event) => {
    // The client's types allow text only, but the protocol also numbers.
    await expectSocketRefusal(event as string, { token: 'junk' });
  });

  it('is handled if it wants no answer, and continues', async () => {
    socket.emit('op');
    socket.emit('op', { name: 'users.me' });
    socket.emit('op', null, 'not a function');
    socket.emit('message:send', { conversationId: 1 });
    expect(await emit('op', { name: 'users.me' })).toMatchObject({ ok: true });
  });

  it('gets an answer to each of a thousand commands at once', async () => {
    const other = await openSocket();
    const ask = (): Promise<unknown> => other.timeout(20_000).emitWithAck('op', { name: 'users.me' });
    const answers = await Promise.all(Array.from({ length: 1_000 }, ask));
    other.close();
    const codes = answers.map((answer) => (answer as { error?: { code: string } }).error?.code ?? 'ok');
    expect(new Set(codes)).toEqual(new Set(['ok', 'rate_limited']));
    expect(codes.filter((code) => code === 'ok').length).toBeGreaterThanOrEqual(288);
  });

  it.each([
    'garbage',
    '99',
    '42{"a":1}',
    '42["disconnect"]',
    '42["__proto__",1]',
    '42["constructor",{}]',
    '42[]',
    '42[1]',
    '42[-1e300,{}]',
    '42[null]',
    '42[true]',
    '42[{}]',
    '42[["op"]]',
    `42${'['.repeat(20_000)}`,
    '451-["op",{"_placeholder":true,"num":0}]',
    '451-["op",{"_placeholder":true,"num":9}]',
    '42999999999999999999["op",{}]',
    '43999[{}]',
    '40/admin,{}',
    '44"x"',
    '7',
    '',
  ])('the frame %j closes that connection at most, and no other', async (frame) => {
    const other = await openSocket();
    const engine = other.io.engine as unknown as { transport: { ws: { send(data: string): void } } };
    engine.transport.ws.send(frame);
    await sleep(20);
    expect(await emit('op', { name: 'users.me' })).toMatchObject({ ok: true });
    other.close();
  });

  it('is closed for a packet that is too large', async () => {
    const other = await openSocket();
    other.io.reconnection(false);
    const closed = new Promise<string>((resolve) => other.once('disconnect', resolve));
    other.emit('op', { name: 'users.me', input: 'x'.repeat(70_000) });
    expect(await closed).toMatch(/transport/);
  });

  it('has no effect', expectAliveAndUntouched);
});

it('malformed requests of clients are not logged as server errors', () => {
  expect(world.app.faults).toEqual([]);
});
