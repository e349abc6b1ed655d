import { randomUUID } from 'node:crypto';
import { hasBody, type Operation, pathKeys } from '@atrium/protocol';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Person, type TestApp, testApp } from '../app.ts';
import type { KnownIds } from '../bad-input/inputs.ts';
import { recordSocket, type SocketRecorder } from '../socket.ts';
import { hostileInputs, operatorInputs } from './hostile.ts';

/** For any input, no statement may take longer. */
const STATEMENT_MS = 1_000;
/** In all data of another user, and in none of Ann's. */
const SECRET = 'canary-of-eve';

let app: TestApp;
let ann: Person;
let tap: SocketRecorder;
let known: KnownIds;
let general: string;
let operations: readonly Operation[];

beforeAll(async () => {
  app = await testApp();
  app.database.pool.on('acquire', limit);
  // The first account is the administrator and may see who is on the instance.
  await app.person('Root');
  ann = await app.person('Ann');
  const eve = await app.person('Eve');
  await eve.call('users.updateMe', { name: `Eve ${SECRET}`, username: SECRET });
  const hers = await eve.call('workspaces.create', { name: `Hers ${SECRET}` });
  const channel = { workspaceId: hers.id, kind: 'channel', name: `plans-${SECRET}`, topic: SECRET } as const;
  const { id: secret } = await eve.call('conversations.create', channel);
  await eve.call('messages.send', { conversationId: secret, content: `50% ${SECRET}`, clientMessageId: randomUUID() });
  const mine = await ann.call('workspaces.create', { name: 'Team' });
  const [first] = (await ann.call('conversations.list', { workspaceId: mine.id })).items;
  general = first?.id ?? '';
  const sent = { conversationId: general, content: 'Hello', clientMessageId: randomUUID() };
  const { message } = await ann.call('messages.send', sent);
  tap = await recordSocket(await app.listen(), ann.accessToken);
  known = {
    workspaceId: mine.id,
    conversationId: general,
    messageId: message.id,
    threadId: message.id,
    userId: ann.userId,
    toUserId: ann.userId,
    stream: `conversation:${general}`,
    email: 'someone@example.org',
    password: 'a long sentence is a good one',
  };
  operations = [...app.app.executor.operations.values()].map(({ operation }) => operation);
});
afterAll(async () => {
  tap?.close();
  await app?.close();
});

const limited = new WeakSet<object>();
function limit(client: pg.PoolClient): void {
  if (limited.has(client)) return;
  limited.add(client);
  void client.query(`set statement_timeout = ${STATEMENT_MS}`);
}

/** Calls over REST as in the contract; what cannot be in a path is removed. */
async function rest(operation: Operation, input: Record<string, unknown>): Promise<{ status: number; text: string }> {
  const inPath = pathKeys(operation.path);
  const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  const address = operation.path.replace(/:(\w+)/g, (_, key: string) =>
    encodeURIComponent(asText(input[key] ?? 'x').slice(0, 100)),
  );
  const others = Object.entries(input).filter(([key]) => !inPath.includes(key));
  const query = new URLSearchParams(
    others.flatMap(([key, value]) => [value].flat().map((one): [string, string] => [key, asText(one)])),
  ).toString();
  const inBody = hasBody(operation);
  const response = await app.app.http.inject({
    method: operation.method,
    url: `/api/v1${address}${inBody || query === '' ? '' : `?${query}`}`,
    headers: { authorization: `Bearer ${ann.accessToken}` },
    ...(inBody ? { payload: Object.fromEntries(others) } : {}),
  });
  return { status: response.statusCode, text: response.body };
}

async function socket({ name }: Operation, input: Record<string, unknown>): Promise<{ status: number; text: string }> {
  const answer = await tap.call(name, input);
  return { status: answer.ok ? 200 : answer.error.status, text: JSON.stringify(answer) };
}

describe('S32 text that would be a statement, a pattern or a query', () => {
  it('meets a database with a statement timeout of a second', async () => {
    await expect(app.database.pool.query('select pg_sleep(3)')).rejects.toMatchObject({ code: '57014' });
  });

  it('is refused or treated as text by every operation: no server error, and no data of others', async () => {
    let sent = 0;
    for (const operation of operations) {
      for (const input of hostileInputs(operation, known)) {
        // Both ways lead to the same code, so each input uses one of them.
        const call = sent % 2 === 0 ? rest : socket;
        const { status, text } = await call(operation, input);
        const what = `${operation.name} by ${call.name} ${JSON.stringify(input).slice(0, 300)}: ${text.slice(0, 300)}`;
        expect(status, what).toBeLessThan(500);
        expect(text, what).not.toContain(SECRET);
        if (status >= 400) expect(text, what).not.toMatch(/syntax error|relation |node_modules|\.ts:\d/);
        sent += 1;
      }
    }
    expect(sent).toBeGreaterThan(operations.length * 10);
    expect(app.faults).toEqual([]);
  }, 180_000);

  it('is not an operator: keys that begin with $ are refused with 400, at any depth', async () => {
    for (const operation of operations) {
      for (const input of operatorInputs(operation, known)) {
        const { status, text } = await socket(operation, input);
        const what = `${operation.name} ${JSON.stringify(input)}: ${text.slice(0, 300)}`;
        // An unauthorized caller is told that first; files cannot be sent over the socket.
        expect(operation.files === true ? [403, 415] : [400, 403], what).toContain(status);
        if (hasBody(operation) && !pathKeys(operation.path).some((key) => typeof input[key] === 'object')) {
          expect((await rest(operation, input)).status, what).toBe(status);
        }
      }
    }
    expect((await tap.call('streams.snapshot', {})).ok).toBe(true);
  });
});

describe('S32 searching', () => {
  /** Each is between two letters, where it would be a pattern that matches another text. */
  const signs = [
    '%',
    '_',
    "'",
    "''",
    '\\',
    '\\%',
    '&',
    '|',
    '!',
    ':*',
    '(',
    ')',
    '<->',
    '*',
    '?',
    '.',
    '.*',
    '[a]',
    '^',
    '$',
    '--',
    ';',
    '$1',
    '{}',
    '~',
    '::',
    '||',
  ];

  it('treats every character literally: it finds text that contains it, and nothing that matches a pattern', async () => {
    const contents = signs.map((sign, at) => `needle${at}${sign}thread`);
    const decoys = signs.map((_, at) => `needle${at}xthread needle${at} thread needle${at}yythread`);
    for (const content of [...contents, ...decoys]) {
      await ann.call('messages.send', { conversationId: general, content, clientMessageId: randomUUID() });
    }
    const last = await ann.call('messages.send', {
      conversationId: general,
      content: 'lastofall',
      clientMessageId: randomUUID(),
    });
    await expect
      .poll(async () => (await ann.call('search.messages', { q: 'lastofall' })).items.length, { timeout: 20_000 })
      .toBe(1);
    expect(last.message.content).toBe('lastofall');
    for (const [at, content] of contents.entries()) {
      for (const q of [content, `"${content}"`]) {
        const { items } = await ann.call('search.messages', { q });
        expect(
          items.map(({ message }) => message.content),
          q,
        ).toEqual([content]);
        const { items: elsewhere } = await ann.call('search.messages', { q: q.replace(String(at), '999') });
        expect(elsewhere, q).toEqual([]);
      }
    }
    for (const q of ['needle%', 'need_e1', 'needle*', 'need.*', 'needle1:*', '%needle%', 'n??dle']) {
      const found = (await ann.call('search.messages', { q })).items.map(({ message }) => message.content);
      const wanted = q.replace(/^[^\p{L}]+|[^\p{L}\p{N}]+$/gu, '');
      expect(
        found.filter((content) => !content.includes(wanted)),
        q,
      ).toEqual([]);
    }
  });
});
