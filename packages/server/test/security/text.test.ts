import { randomUUID } from 'node:crypto';
import { hasBody, isCommand, type Operation, pathKeys } from '@atrium/protocol';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Person } from '../app.ts';
import { fittingInput, type KnownIds } from '../bad-input/inputs.ts';
import { startExternalApp, type Wire } from './external-app.ts';

const MARKUP = '<script>alert(1)</script><img src=x onerror=alert(1)>"\'&lt;';
/** Reorders text, hides, and joins: each is part of a language. */
const ODD = 'abc\u202Edef\u202C\u200B\u200D\u2066ghi\u2069\uFEFFשלום';
const UNSTORABLE = {
  NUL: 'a\0b',
  'a high surrogate': 'a\ud800b',
  'a low one': 'a\udc00b',
  'two in the wrong order': '\udc00\ud800',
};

let wire: Wire;
let ann: Person;
let bob: Person;
let socket: Socket;
let listener: Socket;
let workspaceId: string;
let conversationId: string;

beforeAll(async () => {
  wire = await startExternalApp();
  ann = await wire.app.person('Ann');
  bob = await wire.app.person('Bob');
  workspaceId = (await ann.call('workspaces.create', { name: 'Team' })).id;
  const { code } = await ann.call('workspaces.joinCode', { workspaceId });
  await bob.call('workspaces.join', { code });
  const channel = { workspaceId, kind: 'channel' as const, name: 'Plans', memberIds: [bob.userId] };
  conversationId = (await ann.call('conversations.create', channel)).id;
  socket = await wire.connect({ auth: { token: ann.accessToken } });
  listener = await wire.connect({ auth: { token: bob.accessToken } });
});
afterAll(() => wire.close());

const say = (content: string) => ann.call('messages.send', { conversationId, content, clientMessageId: randomUUID() });
const read = (route: string) => wire.send('GET', route, { token: bob.accessToken });

/** Keys of an operation with free text: not ids, times, choices or cursors. */
function textKeys(operation: Operation): string[] {
  const { properties = {} } = z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, { type?: string; format?: string; enum?: unknown[]; pattern?: string }>;
  };
  return Object.entries(properties).flatMap(([key, { type, format, enum: choices, pattern }]) =>
    type === 'string' && !format && !choices && !pattern && key !== 'cursor' ? [key] : [],
  );
}

interface FieldSchema {
  format?: string;
  anyOf?: readonly FieldSchema[];
}

/** Keys of an operation that hold a web address. */
function addressKeys(operation: Operation): string[] {
  const { properties = {} } = z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, FieldSchema>;
  };
  const isAddress = ({ format, anyOf = [] }: FieldSchema): boolean => format === 'uri' || anyOf.some(isAddress);
  return Object.entries(properties).flatMap(([key, schema]) => (isAddress(schema) ? [key] : []));
}

describe('S33 text that no database can store', () => {
  it.each(Object.entries(UNSTORABLE))('%s is refused in every web address, or encoded', async (_, text) => {
    const known: KnownIds = { workspaceId, conversationId, userId: bob.userId, toUserId: bob.userId };
    const tried: string[] = [];
    for (const { operation } of wire.app.app.executor.operations.values()) {
      for (const key of addressKeys(operation)) {
        const input = { ...fittingInput(operation, known), [key]: `https://example.org/${text}` };
        const answer = await socket.timeout(20_000).emitWithAck('op', { name: operation.name, input });
        const what = `${operation.name} ${key} ${JSON.stringify(answer)}`;
        tried.push(operation.name);
        if (answer.ok) expect(JSON.stringify(answer.result ?? answer), what).not.toMatch(/\\u0000|\\ud[89a-f]|\uFFFD/i);
        else expect(answer.error.status, what).toBeLessThan(500);
      }
    }
    expect(tried).toEqual(expect.arrayContaining(['users.updateMe', 'webhookEndpoints.create']));
    expect(wire.app.faults).toEqual([]);
  });

  it.each(Object.entries(UNSTORABLE))(
    '%s is refused in every text, by REST and by the socket, saying where',
    async (_, text) => {
      const known: KnownIds = { workspaceId, conversationId, userId: bob.userId, toUserId: bob.userId };
      let refused = 0;
      for (const { operation } of wire.app.app.executor.operations.values()) {
        for (const key of textKeys(operation)) {
          const fault = expect.objectContaining({ path: key, code: 'invalid_text' });
          const input = {
            ...fittingInput(operation, known),
            [key]: operation.name === 'commands.run' ? `/me ${text}` : text,
          };
          const answer = await socket.timeout(20_000).emitWithAck('op', { name: operation.name, input });
          const what = `${operation.name} ${key}`;
          // Reads may compare anything; nothing of it is stored.
          if (answer.ok && !isCommand(operation)) continue;
          expect(answer, what).toMatchObject({ ok: false });
          expect(answer.error.status, what).toBeLessThan(500);
          if (answer.error.errors?.some(({ code }: { code: string }) => code === 'invalid_text')) {
            expect(answer.error, what).toMatchObject({ status: 400, errors: expect.arrayContaining([fault]) });
            refused += 1;
          }
          if (!hasBody(operation) || pathKeys(operation.path).includes(key)) continue;
          const inPath = pathKeys(operation.path);
          const route = operation.path.replace(/:(\w+)/g, (_match, name: string) =>
            String((input as Record<string, unknown>)[name]),
          );
          const body = Object.fromEntries(Object.entries(input).filter(([name]) => !inPath.includes(name)));
          const { status } = await wire.send(operation.method, route, { token: ann.accessToken, body });
          expect(status, what).toBe(answer.error.status);
        }
      }
      expect(refused).toBeGreaterThan(15);
      expect(wire.app.faults).toEqual([]);
    },
  );

  it.each([
    ['messages.send', 'content', () => ({ conversationId, clientMessageId: randomUUID() })],
    ['conversations.update', 'topic', () => ({ conversationId })],
    ['conversations.update', 'name', () => ({ conversationId })],
    ['users.updateMe', 'name', () => ({})],
    ['workspaces.update', 'name', () => ({ workspaceId })],
    ['webhooks.create', 'name', () => ({ conversationId })],
    ['drafts.set', 'content', () => ({ conversationId })],
    ['tokens.create', 'name', () => ({ scopes: ['read'] })],
  ] as const)('%s names %s as invalid_text', async (name, key, rest) => {
    for (const text of Object.values(UNSTORABLE)) {
      const answer = await socket.timeout(20_000).emitWithAck('op', { name, input: { ...rest(), [key]: text } });
      expect(answer, JSON.stringify(answer)).toMatchObject({ ok: false, error: { status: 400 } });
      expect(answer.error.errors).toContainEqual(expect.objectContaining({ path: key, code: 'invalid_text' }));
    }
  });

  it('does not affect unusual text: messages and names are unchanged, over any transport', async () => {
    const heard = new Promise((resolve) => listener.once('message:receive', resolve));
    const answer = await socket.emitWithAck('message:send', {
      conversationId,
      content: ODD,
      clientMessageId: randomUUID(),
    });
    expect(answer).toMatchObject({ ok: true, data: { message: { content: ODD } } });
    expect(await heard).toMatchObject({ content: ODD });
    expect((await read(`/conversations/${conversationId}/messages?limit=1`)).body.items[0].content).toBe(ODD);
    await ann.call('users.updateMe', { name: ODD });
    // A name is shown beside other text, which it must not reorder.
    expect((await read(`/users/${ann.userId}`)).body.name).toBe(ODD.replace(/[\u202A-\u202E\u2066-\u2069]/g, ''));
    await ann.call('conversations.update', { conversationId, topic: ODD });
    expect((await read(`/conversations/${conversationId}`)).body.topic).toBe(ODD);
  });

  it.each(['\u200B', '\u2800', '\u3164', '\u00AD', '\u2060', '\u202E', ' \uFE0F\u200D '])(
    'an invisible message or name is refused: %j',
    async (unseen) => {
      const refused = { code: 'invalid_input' };
      await expect(say(unseen)).rejects.toMatchObject(refused);
      await expect(ann.call('users.updateMe', { name: unseen })).rejects.toMatchObject(refused);
      await expect(ann.call('workspaces.create', { name: unseen })).rejects.toMatchObject(refused);
      await expect(ann.call('conversations.update', { conversationId, name: unseen })).rejects.toMatchObject(refused);
      await expect(ann.call('webhooks.create', { conversationId, name: unseen })).rejects.toMatchObject(refused);
    },
  );

  it('keeps what words and emoji need, and stores names in composed form', async () => {
    for (const name of ['می\u200cخواهم', '👩\u200d🌾']) {
      expect((await ann.call('users.updateMe', { name })).name).toBe(name);
    }
    expect((await ann.call('users.updateMe', { name: 'Rene\u0301' })).name).toBe('Ren\u00e9');
  });

  it('a name cannot reorder the mail that contains it', async () => {
    await ann.call('users.updateMe', { name: ODD });
    await ann.call('workspaces.update', { workspaceId, name: `Team \u202Eevil` });
    await ann.call('workspaces.invite', { workspaceId, email: 'guest@example.org' });
    await expect.poll(() => wire.app.mails.some((mail) => mail.includes('guest@example.org'))).toBe(true);
    const mail = wire.app.mails.find((each) => each.includes('guest@example.org')) ?? '';
    expect(mail).toContain('abcdef');
    expect(mail).not.toMatch(/[\u202A-\u202E]/);
    const { rows } = await wire.app.database.pool.query(
      "select subject, html from mail where to_address = 'guest@example.org'",
    );
    expect(JSON.stringify(rows)).not.toMatch(/[\u202A-\u202E]/);
  });
});

describe('S34 markup from users', () => {
  it('is returned as data that no browser treats as a page', async () => {
    await say(MARKUP);
    await ann.call('users.updateMe', { name: MARKUP });
    await ann.call('conversations.update', { conversationId, topic: MARKUP });
    const routes = [
      `/conversations/${conversationId}/messages`,
      `/conversations/${conversationId}`,
      `/users/${ann.userId}`,
      `/workspaces/${workspaceId}/members`,
      '/snapshot',
      `/search?q=alert`,
    ];
    for (const route of routes) {
      const { status, headers } = await read(route);
      expect([route, status]).toEqual([route, 200]);
      expect(headers.get('content-type')).toMatch(/^application\/json/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
    const exported = await wire.send('POST', `/conversations/${conversationId}/export`, {
      token: ann.accessToken,
      body: {},
    });
    expect(exported.headers.get('content-type')).toMatch(/^application\/json/);
    expect(exported.text).toContain(JSON.stringify(MARKUP).slice(1, -1));
    const refusal = await wire.send('GET', `/conversations/${encodeURIComponent(MARKUP)}`, { token: ann.accessToken });
    expect(refusal.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  it('is escaped in mails', async () => {
    await ann.call('users.updateMe', { name: MARKUP.slice(0, 60) });
    await ann.call('workspaces.update', { workspaceId, name: MARKUP.slice(0, 60) });
    await ann.call('workspaces.invite', { workspaceId, email: 'second@example.org' });
    const html = async () => {
      const found = "select html from mail where to_address = 'second@example.org'";
      return (await wire.app.database.pool.query<{ html: string }>(found)).rows[0]?.html ?? '';
    };
    expect(await html()).toContain('&lt;script&gt;');
    expect(await html()).not.toMatch(/<script|<img/);
  });

  it('is not in any of the pages, which treat everything from the fragment and the API as text', async () => {
    for (const page of ['/join', '/verify-email', '/reset-password', '/forgot-password', '/mailbox']) {
      const answer = await fetch(`${wire.origin}${page}?x=${encodeURIComponent(MARKUP)}`);
      const text = await answer.text();
      expect(text, page).not.toContain('alert(1)</script>');
      const policy = answer.headers.get('content-security-policy');
      expect(policy, page).toMatch(/default-src '(none|self)'/);
      expect(policy, page).not.toMatch(/unsafe-|\*/);
    }
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\tscript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,<script>x</script>',
    'vbscript:x',
  ])('%s is no link in what webhooks post, and no picture of anybody', async (address) => {
    const { url } = await ann.call('webhooks.create', { conversationId, name: 'CI' });
    const payload = {
      text: `<${address}|here> [there](${address})`,
      icon_url: address,
      blocks: [
        {
          type: 'section',
          text: { type: 'mrkdwn', text: `<${address}|section>` },
          accessory: { type: 'button', text: { type: 'plain_text', text: 'Press' }, url: address },
        },
        { type: 'image', image_url: address, alt_text: 'picture' },
        { type: 'context', elements: [{ type: 'image', image_url: address, alt_text: 'small' }] },
        { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'Go' }, url: address }] },
      ],
      attachments: [
        {
          title: 'Title',
          title_link: address,
          author_name: 'A',
          author_link: address,
          author_icon: address,
          image_url: address,
          thumb_url: address,
          text: `<${address}|text>`,
          footer: 'F',
          footer_icon: address,
        },
      ],
    };
    const posted = await fetch(`${wire.origin}${new URL(url).pathname}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(payload),
    });
    expect(posted.status).toBe(200);
    const { items } = await bob.call('messages.list', { conversationId, limit: 1 });
    const message = items[0]!;
    expect(message.via?.avatar ?? null).toBeNull();
    // The sender's Markdown is text like any message; links from their fields are sanitized.
    const made = message.content.replace(`[there](${address})`, '');
    expect(made).not.toMatch(/\]\(\s*(?!https?:|mailto:)/i);
    await ann.call('webhooks.delete', { conversationId, webhookId: message.via?.webhookId ?? '' });
    await expect(ann.call('users.updateMe', { avatar: address })).rejects.toMatchObject({ code: 'invalid_input' });
    const pictured = ann.call('webhooks.create', { conversationId, name: 'X', avatar: address });
    await expect(pictured).rejects.toMatchObject({ code: 'invalid_input' });
  });
});
