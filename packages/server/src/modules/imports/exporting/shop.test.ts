import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { fileOfPath } from '@atrium/protocol';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../../../test/app.ts';
import type { ReportLine } from '../rows/report.ts';
import type { ImportResult } from '../run.ts';
import { type ImportOffice, openImportOffice } from '../test/office.ts';

let office: ImportOffice;
let other: ImportOffice;
let kim: Person;
let text: string;
let secrets: string[];
let run: ImportResult & { report: ReportLine[] };

const picture = async (background: string) => ({
  name: `${background}.png`,
  type: 'image/png',
  content: await sharp({ create: { width: 64, height: 64, channels: 3, background } })
    .png()
    .toBuffer(),
});

/** A shop with orders, a bot, webhooks and pictures. */
async function build(): Promise<void> {
  const { ann, workspaceId } = office;
  const { code } = await ann.call('workspaces.rotateJoinCode', { workspaceId });
  kim = await office.app.person('Kim');
  await office.query('update account set email = $2 where id = $1', [kim.userId, 'kim@example.org']);
  await kim.call('workspaces.join', { code });
  await ann.call('members.update', { workspaceId, userId: kim.userId, role: 'customer' });
  const own = await kim.call('attachments.upload', {}, { files: [await picture('green')] });
  await kim.call('users.updateMe', { avatar: own.attachments[0]?.url ?? '' });

  await ann.call('shops.update', { workspaceId, public: true, introduction: 'All for the garden' });
  const { attachments } = await ann.call('attachments.upload', { workspaceId }, { files: [await picture('red')] });
  const basics = { workspaceId, currency: 'EUR' };
  const spade = await ann.call('products.create', {
    ...basics,
    name: 'Spade',
    description: 'Of ash and steel',
    price: 2_500,
    stock: 10,
    lowStock: 3,
    images: [
      { url: 'https://pictures.example/handle.png', alt: 'Its handle' },
      { fileId: attachments[0]?.id ?? '', alt: 'A red spade' },
    ],
  });
  await ann.call('products.create', { ...basics, name: 'Rake', price: 900, active: false });
  const bulbs = await ann.call('products.create', { ...basics, name: 'Tulip bulbs', price: 120, stock: 40 });
  const place = (items: { productId: string; quantity: number }[], note = '') =>
    kim.call('orders.place', { workspaceId, items, note });
  const first = await place([
    { productId: spade.id, quantity: 2 },
    { productId: bulbs.id, quantity: 10 },
  ]);
  await ann.call('orders.update', { orderId: first.id, status: 'processing', note: 'Packed by noon' });
  await ann.call('orders.update', { orderId: first.id, status: 'shipped' });
  const second = await place([{ productId: bulbs.id, quantity: 5 }]);
  await kim.call('orders.update', { orderId: second.id, status: 'cancelled', note: 'Changed my mind' });
  await place([{ productId: spade.id, quantity: 1 }], 'As a gift');
  // The orders keep the old data, which differs from the shop's current one.
  await ann.call('products.update', { productId: spade.id, price: 3_000, name: 'Garden spade' });
  await ann.call('products.moveStock', { productId: spade.id, change: -1, reason: 'loss', note: 'Broken' });
  await ann.call('products.delete', { productId: bulbs.id });

  const bot = await ann.call('bots.create', { workspaceId, name: 'Weather', username: 'weather-bot' });
  const userId = bot.user.id;
  const { secret: token } = await ann.call('bots.createToken', {
    workspaceId,
    userId,
    name: 'cron',
    scopes: ['write'],
  });
  const channel = { workspaceId, kind: 'channel' as const, visibility: 'private' as const, memberIds: [userId] };
  const { id: conversationId } = await ann.call('conversations.create', { ...channel, name: 'weather' });
  const said = { content: 'Rain at four', clientMessageId: randomUUID() };
  const posted = await fetch(`${await office.app.listen()}/api/v1/conversations/${conversationId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(said),
  });
  expect(posted.status).toBe(201);
  const hook = await ann.call('webhooks.create', { conversationId, name: 'Rain gauge' });
  const { id: webhookId } = await ann.call('webhooks.create', { conversationId, name: 'Old gauge' });
  await ann.call('webhooks.update', { conversationId, webhookId, enabled: false });
  const endpoint = await ann.call('webhookEndpoints.create', {
    workspaceId,
    url: 'https://hooks.example.org/garden',
    description: 'The greenhouse',
    eventTypes: ['message:receive', 'order:created'],
    conversationIds: [conversationId],
  });
  secrets = [token, hook.url.split('/').at(-1) ?? '', endpoint.secret, endpoint.secret.slice('whsec_'.length)];
}

beforeAll(async () => {
  [office, other] = await Promise.all([openImportOffice(), openImportOffice()]);
  await build();
  const file = path.join(path.dirname(await office.file('x', '')), 'garden.export');
  const made = await office.command('export', file, '--workspace', office.workspaceId, '--unencrypted', '--json');
  if (made.code !== 0) throw new Error(made.stderr);
  expect(JSON.parse(made.stdout)).toMatchObject({ missingObjects: 0, objects: 2, leftOut: {} });
  text = gunzipSync(await readFile(file)).toString('latin1');
  await writeFile(path.join(path.dirname(await other.file('x', '')), 'garden.export'), await readFile(file));
  run = await other.run('atrium', 'garden.export');
}, 240_000);
afterAll(async () => {
  await office?.close();
  await other?.close();
});

const notesOf = (kind: string) => run.report.filter((line) => line.kind === kind).flatMap(({ notes }) => notes);

/** Kim's account in the other instance, taken over by setting a password. */
async function otherKim(): Promise<{ userId: string; avatar: string | null }> {
  const { items } = await other.ann.call('members.list', { workspaceId: other.workspaceId });
  const found = items.find(({ user }) => user.name === 'Kim');
  expect(found).toMatchObject({ role: 'customer' });
  return { userId: found?.user.id ?? '', avatar: found?.user.avatar ?? null };
}

const idOf = (kind: string) => run.report.flatMap((line) => (line.kind === kind && line.id ? [line.id] : []));

it('contains no secrets', () => {
  expect(text).toContain('Rain gauge');
  expect(secrets.every((secret) => secret.length > 20)).toBe(true);
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
});

it('leaves nothing out, and imports nothing twice', async () => {
  expect(run.report.filter(({ outcome }) => outcome === 'left out')).toEqual([]);
  expect(run.counts).toMatchObject({
    shop: { created: 1 },
    product: { created: 3 },
    order: { created: 3 },
    movement: { created: 4 },
    webhook: { created: 2 },
    endpoint: { created: 1 },
    person: { created: 3 },
  });
  const again = await other.run('atrium', 'garden.export');
  expect(Object.values(again.counts).map(({ created }) => created)).toEqual(Object.keys(again.counts).map(() => 0));
}, 60_000);

describe('the shop', () => {
  it('keeps its products with pictures and stock, and stays closed until it is opened', async () => {
    const { workspaceId } = other;
    const shop = await other.ann.call('shops.get', { workspaceId });
    expect(shop).toMatchObject({ introduction: 'All for the garden', public: false });
    expect(notesOf('shop')).toEqual([expect.stringContaining('open it when it is ready')]);
    const { items } = await other.ann.call('products.list', { workspaceId, sort: 'name' });
    expect(items).toMatchObject([
      {
        name: 'Garden spade',
        description: 'Of ash and steel',
        price: 3_000,
        stock: 6,
        lowStock: 3,
        active: true,
        images: [
          { url: 'https://pictures.example/handle.png', alt: 'Its handle' },
          { alt: 'A red spade', image: { width: 64, height: 64 } },
        ],
      },
      { name: 'Rake', active: false, stock: 0 },
    ]);
    const shown = await fetch(`${await other.app.listen()}${items[0]?.images[1]?.url}`);
    expect(shown.status, 'a shop that is closed shows strangers no pictures').toBe(401);
    const movements = await other.ann.call('products.movements', { productId: items[0]?.id ?? '' });
    const there = await office.ann.call('products.list', { workspaceId: office.workspaceId, sort: 'name' });
    const before = await office.ann.call('products.movements', { productId: there.items[0]?.id ?? '' });
    const facts = ({ change, createdAt, note, reason, stockAfter }: (typeof before.items)[number]) => {
      return { change, createdAt, note, reason, stockAfter };
    };
    expect(movements.items.map(facts)).toEqual(before.items.map(facts));
    const { userId } = await otherKim();
    const [, , third] = idOf('order');
    expect(movements.items).toMatchObject([
      { reason: 'loss', change: -1, note: 'Broken', orderId: null, authorId: other.ann.userId },
      { reason: 'order', change: -1, orderId: third, authorId: userId },
      { reason: 'order', change: -2, orderId: idOf('order')[0] },
      { reason: 'created', change: 10, stockAfter: 10 },
    ]);
  });

  it('keeps its orders with their numbers, prices and history, including deleted products', async () => {
    const { userId } = await otherKim();
    const orders = await Promise.all(idOf('order').map((orderId) => other.ann.call('orders.get', { orderId })));
    const before = await office.ann.call('orders.list', { workspaceId: office.workspaceId });
    expect(orders.map(({ createdAt }) => createdAt)).toEqual(before.items.map(({ createdAt }) => createdAt).reverse());
    expect(orders).toMatchObject([
      {
        number: 1,
        status: 'shipped',
        buyerId: userId,
        assigneeId: other.ann.userId,
        total: 6_200,
        currency: 'EUR',
        lines: [
          { name: 'Spade', price: 2_500, quantity: 2 },
          { name: 'Tulip bulbs', price: 120, quantity: 10 },
        ],
        timeline: [
          { from: null, to: 'pending', authorId: userId },
          { from: 'pending', to: 'processing', authorId: other.ann.userId, note: 'Packed by noon' },
          { from: 'processing', to: 'shipped' },
        ],
      },
      {
        number: 2,
        status: 'cancelled',
        timeline: [{}, { to: 'cancelled', authorId: userId, note: 'Changed my mind' }],
      },
      { number: 3, status: 'pending', note: 'As a gift', assigneeId: null },
    ]);
    const conversation = await other.ann.call('conversations.get', {
      conversationId: orders[0]?.conversationId ?? '',
    });
    expect(conversation).toMatchObject({ kind: 'support', support: { customerId: userId } });
  });

  it('works: orders are handled, a cancelled one returns its items to the stock, numbering continues', async () => {
    const { workspaceId } = other;
    const orderId = idOf('order')[2] ?? '';
    await other.ann.call('orders.update', { orderId, status: 'cancelled' });
    const { items } = await other.ann.call('products.list', { workspaceId, sort: 'name' });
    expect(items[0]).toMatchObject({ name: 'Garden spade', stock: 7 });
    const productId = items[0]?.id ?? '';
    expect(await other.ann.call('orders.place', { workspaceId, items: [{ productId }] })).toMatchObject({ number: 4 });
    expect(await other.ann.call('desks.get', { workspaceId })).toMatchObject({
      counts: { pending: 1, processing: 0, shipped: 1, delivered: 0, cancelled: 2 },
    });
  });
});

it('imports the pictures of people who are new there', async () => {
  const { avatar } = await otherKim();
  const before = await office.ann.call('members.list', { workspaceId: office.workspaceId });
  const old = before.items.find(({ user }) => user.id === kim.userId)?.user.avatar ?? '';
  expect(fileOfPath(avatar ?? '')).toMatch(/^[0-9a-f-]{36}$/);
  expect(avatar).not.toBe(old);
});

it('imports bots and their messages, without their tokens', async () => {
  const { workspaceId } = other;
  const { items } = await other.ann.call('bots.list', { workspaceId });
  expect(items).toMatchObject([{ user: { name: 'Weather', username: 'weather-bot', isBot: true }, role: 'member' }]);
  const userId = items[0]?.user.id ?? '';
  expect((await other.ann.call('bots.tokens', { workspaceId, userId })).items).toEqual([]);
  expect(notesOf('person')).toContain('is a bot: its API tokens are not in the export, create new ones');
  const { items: found } = await other.ann.call('conversations.list', { workspaceId });
  const conversationId = found.find(({ name }) => name === 'weather')?.id ?? '';
  expect((await other.ann.call('messages.list', { conversationId })).items).toMatchObject([
    { content: 'Rain at four', senderId: userId },
  ]);
});

it('imports incoming and outgoing webhooks with new secrets, and reports it', async () => {
  const { workspaceId } = other;
  const { items: found } = await other.ann.call('conversations.list', { workspaceId });
  const conversationId = found.find(({ name }) => name === 'weather')?.id ?? '';
  expect((await other.ann.call('webhooks.list', { conversationId })).items).toMatchObject([
    { name: 'Rain gauge', enabled: true, lastUsedAt: null },
    { name: 'Old gauge', enabled: false },
  ]);
  expect(notesOf('webhook')).toEqual([expect.stringContaining('new secret'), expect.stringContaining('new secret')]);
  expect((await other.ann.call('webhookEndpoints.list', { workspaceId })).items).toMatchObject([
    {
      url: 'https://hooks.example.org/garden',
      description: 'The greenhouse',
      eventTypes: ['message:receive', 'order:created'],
      conversationIds: [conversationId],
      enabled: false,
    },
  ]);
  expect(notesOf('endpoint')).toEqual([expect.stringContaining('disabled')]);
});
