import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PASSWORD, type Person, type TestApp, testApp } from '../../../../test/app.ts';

let app: TestApp;
let url: string;
let ann: Person;
beforeAll(async () => {
  app = await testApp();
  url = await app.listen();
  ann = await app.person('Ann');
});
afterAll(() => app.close());

const fetchPath = (address: string) => fetch(new URL(new URL(address).pathname, url));

/** The files of a person's export, by name. */
async function copyOf(who: Person): Promise<Record<string, Record<string, unknown>[]>> {
  const response = await fetchPath((await who.call('users.export', {})).url);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/zip');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="atrium-\d{4}-\d\d-\d\d\.zip"$/);
  const files = Object.entries(unzipSync(new Uint8Array(await response.arrayBuffer())));
  return Object.fromEntries(
    files.filter(([name]) => name.endsWith('.json')).map(([name, bytes]) => [name, JSON.parse(strFromU8(bytes))]),
  );
}

it('contains all data of one person, and nothing of another', async () => {
  const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Garden' });
  const ben = await app.person('Ben');
  const { code } = await ann.call('workspaces.joinCode', { workspaceId });
  await ben.call('workspaces.join', { code });
  const [general] = (await ann.call('conversations.list', { workspaceId })).items;
  const say = (who: Person, content: string) =>
    who.call('messages.send', { conversationId: general!.id, content, clientMessageId: crypto.randomUUID() });
  await say(ann, 'Mine, before I left');
  const { message } = await say(ben, 'Not mine');
  await ben.call('saved.add', { messageId: message.id });
  // Read positions of conversations that a person left are deleted.
  const [personal] = (await ben.call('workspaces.list', {})).items.filter((each) => each.personal);
  const [own] = (await ben.call('conversations.list', { workspaceId: personal!.id })).items;
  await ben.call('drafts.set', { conversationId: own!.id, content: 'Never sent' });
  await app.database.pool.query(
    `insert into message (id, conversation_id, seq, sender_id, client_message_id, type, content, created_at)
     select gen_random_uuid(), $1, 1000 + n, $2, gen_random_uuid(), 'text', 'Message ' || n, now()
     from generate_series(1, 1200) as n`,
    [general!.id, ben.userId],
  );
  const { secret } = await ben.call('tokens.create', { name: 'Script', scopes: ['read'] });
  await ben.call('workspaces.leave', { workspaceId });
  await app.call('auth.login', { email: ben.email, password: PASSWORD });

  await app.database.pool.query(
    `insert into identity (id, account_id, issuer, subject, created_at, last_used_at)
     values (gen_random_uuid(), $1, 'https://provider.example', 'ben', now(), now())`,
    [ben.userId],
  );

  const files = await copyOf(ben);
  expect(files['profile.json']).toMatchObject([{ id: ben.userId, email: ben.email, name: 'Ben' }]);
  expect(files['sessions.json']).toMatchObject([{ device: 'test' }, { id: ben.actor.sessionId, device: 'test' }]);
  expect(files['workspaces.json']).toMatchObject([{ personal: true, role: 'owner' }]);
  expect(files['api-tokens.json']).toMatchObject([{ name: 'Script', scopes: ['read'] }]);
  expect(files['identities.json']).toMatchObject([{ issuer: 'https://provider.example', subject: 'ben' }]);
  const audited = files['audit.json']!.map(({ kind }) => kind);
  expect(audited).toEqual(expect.arrayContaining(['registered', 'sign_in', 'api_token_created', 'data_exported']));
  expect(files['messages.json']!.map(({ content }) => content)).toEqual([
    'Not mine',
    ...Array.from({ length: 1200 }, (_, n) => `Message ${n + 1}`),
  ]);
  expect(files['saved.json']).toMatchObject([{ messageId: message.id }]);
  expect(files['drafts.json']).toMatchObject([{ conversationId: own!.id, content: 'Never sent' }]);
  const all = JSON.stringify(files);
  for (const not of ['Mine, before I left', ann.email, secret.slice(8), 'argon2']) expect(all).not.toContain(not);
});

it('contains every entry of a long log once', async () => {
  const cleo = await app.person('Cleo');
  await app.database.pool.query(
    `insert into audit_log (id, at, kind, actor_id, target_id, ip, user_agent)
     select gen_random_uuid(), now(), 'sign_in', $1::uuid, case when n % 2 = 0 then $1::uuid end, '192.0.2.1', 'test'
     from generate_series(1, 1300) as n
     union all
     select gen_random_uuid(), now(), 'sign_in_failed', null, $1::uuid, '192.0.2.9', 'test' from generate_series(1, 700)`,
    [cleo.userId],
  );
  const entries = (await copyOf(cleo))['audit.json']!;
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
  expect(entries.filter(({ ip }) => ip === '192.0.2.9')).toHaveLength(700);
  expect(entries.filter(({ ip }) => ip === '192.0.2.1')).toHaveLength(1300);
});

it('comes through a link that works once, expires, and is replaced by the next one', async () => {
  const { url: older } = await ann.call('users.export', {});
  const { url: newer, expiresAt } = await ann.call('users.export', {});
  expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(600_000);
  expect((await fetchPath(older)).status).toBe(404);
  const taken = await Promise.all(Array.from({ length: 5 }, () => fetchPath(newer)));
  expect(taken.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404, 404]);
  await Promise.all(taken.map((response) => response.arrayBuffer()));
  const { url: late } = await ann.call('users.export', {});
  await app.database.pool.query(
    "update account_link set created_at = now() - interval '1 hour', expires_at = now() - interval '1 minute'",
  );
  const refused = await fetchPath(late);
  expect(refused.status).toBe(404);
  expect(await refused.json()).toMatchObject({ code: 'not_found' });
});

it('can be requested three times a day at most', async () => {
  const narrow = await testApp({ limits: true });
  try {
    const dora = await narrow.person('Dora');
    const asked = await Promise.allSettled(Array.from({ length: 10 }, () => dora.call('users.export', {})));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  } finally {
    await narrow.close();
  }
});
