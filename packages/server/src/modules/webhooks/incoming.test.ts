import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Person, type TestApp, testApp } from '../../../test/app.ts';

const WRONG_TRIES = 3;
const MESSAGES = 4;

let app: TestApp;
let base: string;
let ann: Person;
let workspaceId: string;

beforeAll(async () => {
  app = await testApp({ env: { LIMIT_HOOK: `${WRONG_TRIES}/60`, LIMIT_CONVERSATION: `${MESSAGES}/60` } });
  base = (await app.listen()).replace(/\/$/, '');
  ann = await app.person('Ann');
  workspaceId = (await ann.call('workspaces.create', { name: 'Garden' })).id;
});
afterAll(() => app?.close());

async function channel(name: string, avatar: string | null = null) {
  const { id: conversationId } = await ann.call('conversations.create', { workspaceId, kind: 'channel', name });
  const { id, url } = await ann.call('webhooks.create', { conversationId, name: 'CI', avatar });
  const post = async (body: object = { text: 'x' }) => {
    const answer = await fetch(base + new URL(url).pathname, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(3_000),
    });
    return answer.status;
  };
  const last = async () => (await ann.call('messages.list', { conversationId, limit: 1 })).items[0];
  return { conversationId, id, post, last };
}

it('responds to every sender while the database is down, and counts none of it as a failed attempt', async () => {
  const { post } = await channel('away');
  await app.database.pool.query('alter table webhook rename to webhook_away');
  const answers: number[] = [];
  try {
    for (let tried = 0; tried < 2 * WRONG_TRIES; tried += 1) answers.push(await post());
  } finally {
    await app.database.pool.query('alter table webhook_away rename to webhook');
  }
  expect(answers).toEqual(Array(2 * WRONG_TRIES).fill(503));
  expect(await post()).toBe(200);
});

it('counts a message once against the limit of its conversation, and none that an archived one refuses', async () => {
  const { conversationId, post } = await channel('counted');
  await ann.call('conversations.update', { conversationId, archived: true });
  for (let tried = 0; tried < 2 * MESSAGES; tried += 1) expect(await post()).toBe(410);
  await ann.call('conversations.update', { conversationId, archived: false });
  for (let sent = 0; sent < MESSAGES; sent += 1) expect(await post()).toBe(200);
  expect(await post()).toBe(429);
});

it('responds ok when the message is stored but the last use cannot be recorded', async () => {
  const { post, last } = await channel('untouched');
  await app.database.pool.query(`
    create function refuse_touch() returns trigger language plpgsql as $$ begin raise 'refused'; end $$;
    create trigger refuse_touch before update of last_used_at on webhook execute function refuse_touch()
  `);
  try {
    expect(await post({ text: 'there' })).toBe(200);
  } finally {
    await app.database.pool.query('drop trigger refuse_touch on webhook; drop function refuse_touch');
  }
  expect((await last())?.content).toBe('there');
});

it('stores pictures as plain URLs that fit into every message', async () => {
  const { conversationId, id, post, last } = await channel('pictures', 'https://example.org/é?\\"');
  const { items } = await ann.call('webhooks.list', { conversationId });
  expect(items[0]?.avatar).toBe('https://example.org/%C3%A9?%5C%22');
  const tooLong = `https://example.org/${'é'.repeat(1_900)}`;
  await expect(ann.call('webhooks.update', { conversationId, webhookId: id, avatar: tooLong })).rejects.toMatchObject({
    code: 'invalid_input',
  });
  const longest = `https://example.org/?${'\\'.repeat(675)}`;
  expect(await post({ text: 'x', username: '🌱'.repeat(81), icon_url: longest })).toBe(200);
  expect((await last())?.via?.name).toBe('🌱'.repeat(80));
  expect((await last())?.via?.avatar).toBe(longest.replaceAll('\\', '%5C'));
  expect(await post({ text: 'x', icon_url: tooLong })).toBe(200);
  expect((await last())?.via?.avatar).toBe('https://example.org/%C3%A9?%5C%22');
  // Stored before this rule.
  await app.database.pool.query('update webhook set avatar = $1 where id = $2', [tooLong, id]);
  expect(await post()).toBe(200);
  expect((await last())?.via?.avatar).toBeNull();
});
