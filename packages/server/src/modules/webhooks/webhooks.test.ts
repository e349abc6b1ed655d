import { type Message, maxWebhooks, sizes } from '@atrium/protocol';
import { IncomingWebhook } from '@slack/webhook';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Person, type TestApp, testApp } from '../../../test/app.ts';

let app: TestApp;
let base: string;
let ann: Person;
let bob: Person;
let conversationId: string;

beforeAll(async () => {
  app = await testApp({ env: { LIMIT_WEBHOOK: '10/10' } });
  base = (await app.listen()).replace(/\/$/, '');
  [ann, bob] = await Promise.all([app.person('Ann'), app.person('Bob')]);
  const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Garden' });
  const { code } = await ann.call('workspaces.joinCode', { workspaceId });
  await bob.call('workspaces.join', { code });
  const memberIds = [bob.userId];
  const made = await ann.call('conversations.create', { workspaceId, kind: 'channel', name: 'builds', memberIds });
  conversationId = made.id;
});
afterAll(() => app?.close());

/** The URL as returned, but on the test server. */
const here = (url: string) => base + new URL(url).pathname;
const make = (input: { name?: string; avatar?: string | null } = {}) =>
  ann.call('webhooks.create', { conversationId, name: 'CI', ...input });
const remove = async () => {
  for (const { id } of (await ann.call('webhooks.list', { conversationId })).items) {
    await ann.call('webhooks.delete', { conversationId, webhookId: id });
  }
};
beforeEach(remove);

async function last(): Promise<Message> {
  const { items } = await bob.call('messages.list', { conversationId, limit: 1 });
  return items[0]!;
}

async function post(url: string, body: string | object, headers: Record<string, string> = {}) {
  const answer = await fetch(here(url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

describe('AP-3 posting to a webhook', () => {
  it('accepts requests of the published Slack client', async () => {
    const { id, url } = await make();
    const client = new IncomingWebhook(here(url), { username: 'Deployer', icon_emoji: ':rocket:' });
    expect(await client.send('*Done*: <https://example.org/1|release 1>')).toMatchObject({ text: 'ok' });
    expect(await last()).toMatchObject({
      senderId: id,
      type: 'text',
      content: '**Done**: [release 1](https://example.org/1)',
      via: { webhookId: id, name: 'Deployer', avatar: null, emoji: 'rocket' },
    });
    await client.send({
      text: 'Build failed',
      attachments: [{ color: 'danger', title: 'main', fields: [{ title: 'Step', value: 'test', short: true }] }],
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'Build *failed*' } }],
    });
    expect((await last()).content).toBe('Build **failed**\n\n> 🔴 **main**\n> **Step**: test');
  });

  it('delivers it live like any message, and counts it as unread for everyone', async () => {
    const { url, id } = await make({ avatar: 'https://example.org/ci.png' });
    const unread = async (who: Person) => (await who.call('conversations.get', { conversationId })).unread;
    const before = [await unread(ann), await unread(bob)];
    await post(url, { text: 'hello' });
    expect([await unread(ann), await unread(bob)]).toEqual(before.map((count) => count + 1));
    const event = (await app.events(`conversation:${conversationId}`)).at(-1);
    expect(event).toMatchObject({ type: 'message:receive', actorId: id, body: { messageId: (await last()).id } });
    expect((await last()).via).toEqual({
      webhookId: id,
      name: 'CI',
      avatar: 'https://example.org/ci.png',
      emoji: null,
    });
  });

  it('responds in plain text, and accepts the payload of a form', async () => {
    const { url } = await make();
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await post(url, new URLSearchParams({ payload: '{"text":"a & b"}' }).toString(), form);
    expect(answer).toMatchObject({ status: 200, text: 'ok' });
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    expect((await last()).content).toBe('a & b');
  });

  it('accepts what senders really send: wrong types of parts, and wrong or missing content types', async () => {
    const { url } = await make();
    const client = new IncomingWebhook(here(url));
    const fields = [{ title: 'Failed', value: 1 as unknown as string, short: true }];
    await client.send({ text: 'Tests', icon_emoji: null as unknown as string, attachments: [{ fields }] });
    expect((await last()).content).toBe('Tests\n\n> **Failed**: 1');
    const types = [
      'text/plain',
      'text/html',
      'application/x-www-form-urlencoded',
      'json',
      'json; charset=utf-8',
      'a/b; charset=latin1',
    ];
    for (const [at, type] of types.entries()) {
      expect(await post(url, { text: `type ${at}` }, { 'content-type': type }), type).toMatchObject({ text: 'ok' });
      expect((await last()).content).toBe(`type ${at}`);
    }
    const bytes = new TextEncoder().encode('{"text":"no type","blocks":[{"type":"hologram"},7]}');
    const answer = await fetch(here(url), { method: 'POST', body: bytes });
    expect(await answer.text()).toBe('ok');
    expect((await last()).content).toBe('no type');
  });

  it('S33 ignores unknown fields and invalid pictures, and sanitizes the name', async () => {
    const { url, id } = await make();
    const odd = { channel: '#x', unfurl_links: true, icon_url: 'javascript:alert(1)', icon_emoji: ':no no:' };
    expect((await post(url, { text: 'x', username: ' a\u0001b\nc ', ...odd })).status).toBe(200);
    expect((await last()).via).toEqual({ webhookId: id, name: 'a b c', avatar: null, emoji: null });
  });

  it('truncates text that is too long', async () => {
    const { url } = await make();
    expect((await post(url, { text: '😀'.repeat(9_000) })).text).toBe('ok');
    expect((await last()).content).toMatch(/😀\n… \(cut\)$/u);
  });

  it('posts once, however often it is sent with one key', async () => {
    const { url } = await make();
    const key = { 'idempotency-key': 'build 7' };
    await Promise.all([1, 2, 3].map(() => post(url, { text: 'once' }, key)));
    const { items } = await bob.call('messages.list', { conversationId });
    expect(items.filter(({ content }) => content === 'once')).toHaveLength(1);
    expect(await post(url, { text: 'other' }, key)).toMatchObject({ status: 400, text: 'invalid_payload' });
  });
});

describe('whom a webhook mentions', () => {
  const counted = async (who: Person) => (await who.call('conversations.get', { conversationId })).mentions;
  /** @returns the message, and which of the two people it counts as a mention for */
  const posted = async (payload: object) => {
    const { url } = await make();
    expect((await post(url, payload)).text).toBe('ok');
    const message = await last();
    const for_ = [await counted(ann), await counted(bob)].map((seqs) => seqs.includes(message.seq));
    return { content: message.content, mentions: message.mentions, scope: message.mentionScope, for: for_ };
  };
  beforeAll(async () => {
    await bob.call('users.updateMe', { username: 'bob' });
  });

  it('is given in angle brackets, by username or id, and must be a member', async () => {
    const cara = await app.person('Cara');
    expect(await posted({ text: `<@bob> and <@${cara.userId}|Cara>` })).toEqual({
      content: '@bob and @Cara',
      mentions: [bob.userId],
      scope: undefined,
      for: [false, true],
    });
    expect(await posted({ text: `<@${ann.userId}>: <@${bob.userId}>` })).toMatchObject({
      content: '@Ann: @bob',
      for: [true, true],
    });
  });

  it("is everyone for Slack's keywords", async () => {
    expect(await posted({ text: '<!channel> down' })).toEqual({
      content: '@channel down',
      mentions: undefined,
      scope: 'channel',
      for: [true, true],
    });
    expect(await posted({ text: '<!here>' })).toMatchObject({ content: '@here', scope: 'here', for: [false, false] });
  });

  it('is nobody for a plain @, unless the sender sets link_names', async () => {
    expect(await posted({ text: '@bob @channel' })).toMatchObject({ scope: undefined, for: [false, false] });
    expect(await posted({ text: 'fixed by @bob', link_names: 1 })).toMatchObject({ for: [false, true] });
    expect(await posted({ text: '<@bob>: @channel', link_names: true })).toMatchObject({
      mentions: [bob.userId],
      scope: 'channel',
      for: [true, true],
    });
  });

  it('is notified once, however often it is posted with one key', async () => {
    const { url } = await make();
    const told = async () => (await app.events(`user:${bob.userId}`)).filter(({ type }) => type === 'mention:received');
    const before = (await told()).length;
    await Promise.all([1, 2, 3].map(() => post(url, { text: '<@bob>' }, { 'idempotency-key': 'once' })));
    expect(await told()).toHaveLength(before + 1);
  });

  it('is not everyone in conversations where only managers may mention everyone', async () => {
    await app.database.pool.query(
      `with people as (
         insert into account (id, email, name) select id, id || '@example.org', 'Extra'
         from (select gen_random_uuid() as id from generate_series(1, $2)) as made returning id
       )
       insert into conversation_member (conversation_id, account_id, role, joined_at)
       select $1, id, 'member', now() from people`,
      [conversationId, sizes.mentionAll],
    );
    expect(await posted({ text: '<!channel> <@bob>' })).toEqual({
      content: '@channel @bob',
      mentions: [bob.userId],
      scope: undefined,
      for: [false, true],
    });
  });
});

describe('what a webhook refuses, in the words of Slack', () => {
  it.each([
    ['no JSON', '{', 400, 'invalid_payload'],
    ['a list', '[]', 400, 'invalid_payload'],
    ['a form without a payload', 'text=hello', 400, 'invalid_payload'],
    ['nothing', '', 400, 'invalid_payload'],
    ['no text', '{"text": " "}', 400, 'no_text'],
    ['nothing to see', '{"text": "\\u200b\\u2800"}', 400, 'no_text'],
    ['prototype keys', '{"__proto__": {"text": "x"}}', 400, 'no_text'],
    ['too much', JSON.stringify({ text: 'x'.repeat(300_000) }), 413, 'payload_too_large'],
  ])('%s', async (_, body, status, text) => {
    const { url } = await make();
    const before = await last();
    expect(await post(url, body)).toMatchObject({ status, text });
    expect(await last()).toEqual(before);
  });

  it.each([
    ['a character set that does not exist', { 'content-type': 'application/json; charset=klingon' }],
    ['a compressed body', { 'content-encoding': 'gzip' }],
  ])('%s', async (_, headers: Record<string, string>) => {
    const { url } = await make();
    expect(await post(url, { text: 'x' }, headers)).toMatchObject({ status: 415, text: 'unsupported_media_type' });
  });

  it('a URL that is unknown, wrong, rotated, disabled or deleted, all alike', async () => {
    const { id, url } = await make();
    const fresh = await ann.call('webhooks.rotate', { conversationId, webhookId: id });
    const refused = { status: 404, text: 'no_service' };
    const secret = fresh.url.split('/').at(-1) ?? '';
    for (const wrong of [
      url,
      fresh.url.replace(id, crypto.randomUUID()),
      fresh.url.replace(id, 'nobody'),
      fresh.url.replace(secret, secret.toLowerCase()),
      fresh.url.slice(0, -1),
    ]) {
      expect(await post(wrong, { text: 'x' }), wrong).toMatchObject(refused);
    }
    expect(await post(fresh.url, { text: 'x' })).toMatchObject({ status: 200 });
    await ann.call('webhooks.update', { conversationId, webhookId: id, enabled: false });
    expect(await post(fresh.url, { text: 'x' })).toMatchObject(refused);
    await ann.call('webhooks.update', { conversationId, webhookId: id, enabled: true, name: 'Again' });
    expect(await post(fresh.url, { text: 'x' })).toMatchObject({ status: 200 });
    expect((await last()).via?.name).toBe('Again');
    await ann.call('webhooks.delete', { conversationId, webhookId: id });
    expect(await post(fresh.url, { text: 'x' })).toMatchObject(refused);
  });

  it('an archived conversation', async () => {
    const { url } = await make();
    await ann.call('conversations.update', { conversationId, archived: true });
    expect(await post(url, { text: 'x' })).toMatchObject({ status: 410, text: 'channel_is_archived' });
    await ann.call('conversations.update', { conversationId, archived: false });
    expect(await post(url, { text: 'x' })).toMatchObject({ status: 200 });
  });

  it('more than ten at once, counted per webhook', async () => {
    const [one, other] = [await make(), await make()];
    const answers = await Promise.all(Array.from({ length: 15 }, () => post(one.url, { text: 'x' })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(5);
    expect(refused[0]).toMatchObject({ text: 'rate_limited' });
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await post(other.url, { text: 'x' })).status).toBe(200);
  });
});

describe('managing webhooks', () => {
  it('shows the URL once and stores only a hash of it', async () => {
    const { id, url } = await make();
    const secret = url.split('/').at(-1) ?? '';
    expect(secret).toMatch(/^[\w-]{43}$/);
    const { items } = await ann.call('webhooks.list', { conversationId });
    expect(items).toMatchObject([{ id, name: 'CI', enabled: true, createdBy: ann.userId, lastUsedAt: null }]);
    const { rows } = await app.database.pool.query('select webhook::text as text from webhook where id = $1', [id]);
    expect(JSON.stringify([items, rows])).not.toContain(secret);
    await post(url, { text: 'x' });
    expect((await ann.call('webhooks.list', { conversationId })).items[0]?.lastUsedAt).not.toBeNull();
  });

  it('is for managers, limited in number, and audited', async () => {
    await expect(bob.call('webhooks.create', { conversationId, name: 'X' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const results = await Promise.allSettled(Array.from({ length: maxWebhooks + 3 }, () => make()));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(maxWebhooks);
    await remove();
    const { rows } = await app.database.pool.query(
      "select count(*)::int as n from audit_log where kind in ('webhook_created', 'webhook_deleted') and actor_id = $1",
      [ann.userId],
    );
    expect(rows[0].n).toBeGreaterThanOrEqual(2 * maxWebhooks);
  });

  it('deletes them with their conversation', async () => {
    const { url } = await make();
    const { workspaceId } = await ann.call('conversations.get', { conversationId });
    const second = await ann.call('conversations.create', { workspaceId, kind: 'channel', name: 'brief' });
    const gone = await ann.call('webhooks.create', { conversationId: second.id, name: 'X' });
    await ann.call('conversations.delete', { conversationId: second.id });
    expect(await post(gone.url, { text: 'x' })).toMatchObject({ status: 404, text: 'no_service' });
    expect((await post(url, { text: 'x' })).status).toBe(200);
  });
});
