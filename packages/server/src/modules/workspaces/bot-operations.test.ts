import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type Person, type TestApp, testApp } from '../../../test/app.ts';
import { recordSocket } from '../../../test/socket.ts';
import { MAX_BOTS } from './policy.ts';

let app: TestApp;
let url: string;
let ann: Person;
let workspaceId: string;
beforeAll(async () => {
  app = await testApp();
  url = await app.listen();
  ann = await app.person('Ann');
});
afterAll(() => app.close());
beforeEach(async () => {
  workspaceId = (await ann.call('workspaces.create', { name: 'Works' })).id;
});

/** A bot with a token with the scopes read and write. */
async function makeBot(username?: string) {
  const { user } = await ann.call('bots.create', { workspaceId, name: 'Robot', ...(username ? { username } : {}) });
  const bot = { workspaceId, userId: user.id };
  const { id: tokenId, secret } = await ann.call('bots.createToken', {
    ...bot,
    name: 'Key',
    scopes: ['read', 'write'],
  });
  return { bot, tokenId, secret, tap: await recordSocket(url, secret) };
}

const query = (text: string, ...values: unknown[]) => app.database.pool.query(text, values);
const gone = (tap: { connected: boolean }) => vi.waitFor(() => expect(tap.connected).toBe(false));

it('is a member without an address or a password, shown as a bot', async () => {
  const made = await ann.call('bots.create', { workspaceId, name: 'Robot', username: 'robot' });
  expect(made).toMatchObject({ role: 'member', user: { name: 'Robot', username: 'robot', isBot: true } });
  expect((await ann.call('bots.list', { workspaceId })).items).toEqual([made]);
  const { items } = await ann.call('members.list', { workspaceId });
  expect(items.map(({ user }) => user.isBot).sort()).toEqual([false, true]);
  const { rows } = await query('select email, password_hash from account where id = $1', made.user.id);
  expect(rows).toEqual([{ email: null, password_hash: null }]);
  await ann.call('bots.delete', { workspaceId, userId: made.user.id });
});

it('reads, writes and listens where it is a member, and cannot sign in, join other workspaces or administer anything', async () => {
  const { bot, tap } = await makeBot();
  const { data = {} } = (await tap.call('streams.snapshot', {})) as { data?: Record<string, unknown> };
  const [conversation] = data.conversations as { id: string }[];
  expect(
    await tap.call('messages.send', {
      conversationId: conversation!.id,
      content: 'Beep',
      clientMessageId: crypto.randomUUID(),
    }),
  ).toMatchObject({ ok: true, data: { message: { senderId: bot.userId } } });
  const forbidden = { ok: false, error: { code: 'forbidden' } };
  expect(await tap.call('workspaces.create', { name: 'Its own' })).toMatchObject(forbidden);
  expect(await tap.call('workspaces.leave', { workspaceId })).toMatchObject(forbidden);
  expect(await tap.call('workspaces.join', { code: 'ABCD-EFGH-JKMN' })).toMatchObject(forbidden);
  expect(await tap.call('users.me', {})).toMatchObject({ ok: true, data: { email: '', emailVerified: true } });
  const role = { ...bot, role: 'admin' } as const;
  await expect(ann.call('members.update', role)).rejects.toMatchObject({ code: 'forbidden' });
  tap.close();
});

it('loses a token, and its connections with it, when an admin revokes it', async () => {
  const { bot, tokenId, tap } = await makeBot();
  await ann.call('bots.revokeToken', { ...bot, tokenId });
  await gone(tap);
  expect((await ann.call('bots.tokens', bot)).items).toEqual([]);
});

it.each(['bots.delete', 'members.remove', 'workspaces.delete'] as const)(
  'is deleted after %s, except for what it wrote',
  async (name) => {
    const { bot, secret, tap } = await makeBot('beep');
    const [general] = (await ann.call('conversations.list', { workspaceId })).items;
    const conversationId = general!.id;
    const { message } = await ann.call('messages.send', {
      conversationId,
      content: 'Over to you, @beep',
      clientMessageId: crypto.randomUUID(),
    });
    for (const [operation, input] of [
      ['drafts.set', { conversationId, content: 'Half a beep' }],
      ['saved.add', { messageId: message.id }],
      ['threads.follow', { messageId: message.id }],
    ] as const) {
      expect(await tap.call(operation, input)).toMatchObject({ ok: true });
    }
    expect((await query('select 1 from mention where account_id = $1', bot.userId)).rowCount).toBe(1);
    await (name === 'workspaces.delete' ? ann.call(name, { workspaceId }) : ann.call(name, bot));
    await gone(tap);
    await expect(recordSocket(url, secret)).rejects.toMatchObject({ problem: { code: 'invalid_token' } });
    for (const table of ['draft', 'saved_message', 'thread_follower', 'mention']) {
      expect((await query(`select 1 from ${table} where account_id = $1`, bot.userId)).rows, table).toEqual([]);
    }
    const { rows } = await query(
      'select name, deleted_at is not null as deleted from account where id = $1',
      bot.userId,
    );
    expect(rows).toEqual([{ name: 'Deleted bot', deleted: true }]);
    const { rows: logged } = await query(
      "select actor_id from audit_log where kind = 'bot_deleted' and target_id = $1",
      bot.userId,
    );
    expect(logged).toEqual([{ actor_id: ann.userId }]);
  },
);

it('cannot be created, and gets no token, except by admins of its workspace', async () => {
  const { bot, tap } = await makeBot();
  const ben = await app.person('Ben');
  const { code } = await ann.call('workspaces.joinCode', { workspaceId });
  await ben.call('workspaces.join', { code });
  await expect(ben.call('bots.create', { workspaceId, name: 'Mine' })).rejects.toMatchObject({ code: 'forbidden' });
  const wanted = { ...bot, name: 'Key', scopes: ['read'] } as const;
  await expect(ben.call('bots.createToken', { ...wanted, scopes: ['read'] })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(ann.call('bots.createToken', { ...wanted, scopes: ['read'], userId: ben.userId })).rejects.toMatchObject(
    { code: 'not_found' },
  );
  tap.close();
});

it(`is one of at most ${MAX_BOTS}, however many are created at once`, async () => {
  const make = () => ann.call('bots.create', { workspaceId, name: 'Robot' });
  for (let there = 0; there < MAX_BOTS - 5; there += 1) await make();
  const made = await Promise.allSettled(Array.from({ length: 10 }, make));
  expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
});
