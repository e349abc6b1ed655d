import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { PASSWORD, type Person, type TestApp, testApp } from '../../../../test/app.ts';
import { waiting } from '../../../../test/security/lock-waits.ts';
import { recordSocket } from '../../../../test/socket.ts';

let app: TestApp;
let url: string;
let root: Person;
beforeAll(async () => {
  app = await testApp();
  url = await app.listen();
  root = await app.person('Root');
});
afterAll(() => app.close());

const query = async (text: string, ...values: unknown[]) => (await app.database.pool.query(text, values)).rows;

/** A member of root's workspace who has written something there. */
async function member(name: string) {
  const who = await app.person(name);
  const { id: workspaceId } = await root.call('workspaces.create', { name: 'Garden' });
  const { code } = await root.call('workspaces.joinCode', { workspaceId });
  await who.call('workspaces.join', { code });
  const [general] = (await root.call('conversations.list', { workspaceId })).items;
  const { message } = await who.call('messages.send', {
    conversationId: general!.id,
    content: 'I was here',
    clientMessageId: crypto.randomUUID(),
  });
  return { who, workspaceId, conversationId: general!.id, message };
}

it('leaves nothing of a person except what they wrote', async () => {
  const { who, workspaceId, conversationId, message } = await member('Zenobia');
  await who.call('users.updateMe', { username: 'zenobia', avatar: 'https://example.org/z.png' }, { key: 'one' });
  const { secret } = await who.call('tokens.create', { name: 'Script', scopes: ['read'] });
  await who.call('auth.enableTwoFactor', {});
  await who.call('drafts.set', { conversationId, content: 'What I never sent' });
  await who.call('saved.add', { messageId: message.id });
  await who.call('threads.follow', { messageId: message.id });
  await app.call('auth.forgotPassword', { email: who.email });
  await expect(app.call('auth.login', { email: who.email, password: 'wrong' })).rejects.toThrow();
  const taps = [await recordSocket(url, who.accessToken), await recordSocket(url, secret)];
  await who.call('users.delete', { password: PASSWORD });
  await vi.waitFor(() => expect(taps.map(({ connected }) => connected)).toEqual([false, false]));

  const [audited] = await query('select string_agg(audit_log::text, $1) as lines from audit_log', '\n');
  expect(audited?.lines).toContain('sign_in_failed');
  expect(audited?.lines).toContain('password_reset_asked');
  expect(audited?.lines).not.toContain(who.email);
  const [account] = await query('select * from account where id = $1', who.userId);
  expect(account).toMatchObject({
    name: 'Deleted user',
    email: null,
    username: null,
    avatar: null,
    password_hash: null,
  });
  const tables = [
    'session',
    'api_token',
    'two_factor',
    'email_code',
    'membership',
    'conversation_member',
    'idempotency',
    'draft',
    'saved_message',
    'thread_follower',
  ];
  for (const table of tables) {
    expect(await query(`select 1 from ${table} where account_id = $1`, who.userId), table).toEqual([]);
  }
  expect(await query('select 1 from workspace where personal_of = $1', who.userId)).toEqual([]);
  const { items } = await root.call('messages.list', { conversationId });
  expect(items.find(({ id }) => id === message.id)).toMatchObject({ senderId: who.userId, content: 'I was here' });
  await expect(recordSocket(url, secret)).rejects.toMatchObject({ problem: { code: 'invalid_token' } });
  await expect(app.call('auth.login', { email: who.email, password: PASSWORD })).rejects.toMatchObject({
    code: 'invalid_credentials',
  });

  const told = (await app.events(`workspace:${workspaceId}`)).slice(-2);
  expect(told).toMatchObject([
    { type: 'user:updated', body: { id: who.userId, workspaceId } },
    { type: 'member:left', body: { userId: who.userId } },
  ]);
  expect(await query("select actor_id from audit_log where kind = 'account_deleted'")).toContainEqual({
    actor_id: who.userId,
  });
  const again = await app.call('auth.register', { name: 'Zenobia', email: who.email, password: PASSWORD });
  expect(again.id).not.toBe(who.userId);
});

/** Tables of all schemas, including those of jobs, that have a row with a text. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await query(`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') order by 1`);
  expect(tables.length).toBeGreaterThan(50);
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await query(`select 1 from ${name} t where t::text ilike '%' || $1 || '%' limit 1`, text);
    if (rows.length > 0) found.push(String(name));
  }
  return found;
}

it('A19 leaves neither name nor address in any table, not even in sent or queued mails', async () => {
  const { who, workspaceId, conversationId, message } = await member('Zebulon Quarterstaff');
  const { userId } = who;
  await who.call('users.updateMe', { username: 'zebulonq', avatar: 'https://zebulonq.example/me.png' }, { key: 'a' });
  await app.call('auth.forgotPassword', { email: who.email });
  await root.call('messages.send', {
    conversationId,
    content: '@zebulonq hello',
    clientMessageId: crypto.randomUUID(),
  });
  await root.call('reactions.add', { messageId: message.id, emoji: '👍' });
  await root.call('tasks.create', { title: 'Dig', workspaceId, memberIds: [userId] });
  await vi.waitFor(async () =>
    expect(await query('select 1 from mail where to_address = $1', who.email)).not.toEqual([]),
  );
  expect(await tablesWith('Quarterstaff')).toEqual(expect.arrayContaining(['public.account', 'public.mail']));
  await who.call('users.delete', { password: PASSWORD });
  await vi.waitFor(() => expect(app.mails.join()).toContain('Your account was deleted'));
  for (const text of ['Quarterstaff', who.email, 'zebulonq.example']) {
    await vi.waitFor(async () => expect(await tablesWith(text), text).toEqual([]));
  }
});

it('requires the password, and changes nothing without it', async () => {
  const { who } = await member('Yara');
  await expect(who.call('users.delete', {})).rejects.toMatchObject({ code: 'reauthentication_required' });
  await expect(who.call('users.delete', { password: 'wrong' })).rejects.toMatchObject({ code: 'password_wrong' });
  expect(await who.call('users.me', {})).toMatchObject({ name: 'Yara' });
});

it('requires a recent sign-in of people without a password', async () => {
  const who = await app.person('Xena');
  await query('update account set password_hash = null where id = $1', who.userId);
  await query("update session set created_at = now() - interval '1 hour' where account_id = $1", who.userId);
  await expect(who.call('users.delete', {})).rejects.toMatchObject({ code: 'reauthentication_required' });
  await query('update session set created_at = now() where account_id = $1', who.userId);
  expect(await who.call('users.delete', {})).toEqual({});
});

it('names the workspaces that would be left without an owner, and succeeds once they have one', async () => {
  const who = await app.person('Willa');
  const { id: workspaceId } = await who.call('workspaces.create', { name: 'Orchard' });
  await who.call('workspaces.create', { name: 'Meadow' });
  const deletion = () => who.call('users.delete', { password: PASSWORD });
  await expect(deletion()).rejects.toMatchObject({
    code: 'last_owner',
    message: expect.stringContaining('"Orchard", "Meadow"'),
  });
  const { code } = await who.call('workspaces.joinCode', { workspaceId });
  await root.call('workspaces.join', { code });
  await who.call('members.update', { workspaceId, userId: root.userId, role: 'owner' });
  await expect(deletion()).rejects.toMatchObject({
    code: 'last_owner',
    message: expect.not.stringContaining('Orchard'),
  });
  for (const { id, name } of (await who.call('workspaces.list', {})).items) {
    if (name === 'Meadow') await who.call('workspaces.delete', { workspaceId: id });
  }
  expect(await deletion()).toEqual({});
  expect(await root.call('workspaces.get', { workspaceId })).toMatchObject({ role: 'owner' });
});

it('is atomic, whatever else the person does at the same time', async () => {
  const { id: workspaceId } = await root.call('workspaces.create', { name: 'Busy' });
  const { code } = await root.call('workspaces.joinCode', { workspaceId });
  for (let round = 0; round < 5; round += 1) {
    const who = await app.person('Ute');
    const done = await Promise.allSettled([
      who.call('workspaces.join', { code }),
      who.call('users.updateMe', { name: 'Still Ute' }),
      who.call('tokens.create', { name: 'Late', scopes: ['read'] }),
      who.call('users.delete', { password: PASSWORD }),
      who.call('workspaces.join', { code }),
      who.call('users.updateMe', { name: 'Ute again' }),
      who.call('tokens.create', { name: 'Later', scopes: ['read'] }),
      app.call('auth.login', { email: who.email, password: PASSWORD }),
    ]);
    expect(done[3]).toMatchObject({ status: 'fulfilled' });
    expect(await query('select name from account where id = $1', who.userId)).toEqual([{ name: 'Deleted user' }]);
    for (const table of ['membership', 'conversation_member', 'api_token', 'session']) {
      expect(await query(`select 1 from ${table} where account_id = $1`, who.userId), table).toEqual([]);
    }
  }
});

it('locks the workspaces before the account, as all other commands do', async () => {
  const { who, workspaceId } = await member('Tilda');
  const holder = await app.database.pool.connect();
  await holder.query('begin');
  await holder.query('select 1 from workspace where id = $1 for no key update', [workspaceId]);
  const deletion = who.call('users.delete', { password: PASSWORD });
  await vi.waitFor(async () => {
    expect(await waiting(holder)).toBe(1);
  });
  const { rowCount } = await holder.query('select 1 from account where id = $1 for key share skip locked', [
    who.userId,
  ]);
  await holder.query('commit');
  holder.release();
  expect(rowCount).toBe(1);
  expect(await deletion).toEqual({});
});

it('keeps the last administrator of the instance', async () => {
  await expect(root.call('users.delete', { password: PASSWORD })).rejects.toMatchObject({ code: 'conflict' });
});

it('over REST, takes the password in the body, not in the URL', async () => {
  const who = await app.person('Vera');
  const remove = (path: string, body?: object) =>
    fetch(new URL(`/api/v1${path}`, url), {
      method: 'DELETE',
      headers: { authorization: `Bearer ${who.accessToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  expect((await remove(`/users/me?password=${encodeURIComponent(PASSWORD)}`)).status).toBe(400);
  expect((await remove('/users/me', { password: PASSWORD })).status).toBe(200);
});
