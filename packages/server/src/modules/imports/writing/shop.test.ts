import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeExport } from '../../../platform/backup/index.ts';
import { atOneMoment } from '../../../platform/database/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { MissingObject } from '../../../platform/storage/index.ts';
import { type ExportedTrade, PARTS } from '../rows/export-format.ts';
import { type ImportOffice, openImportOffice } from '../test/office.ts';

let office: ImportOffice;
beforeAll(async () => {
  office = await openImportOffice();
}, 180_000);
afterAll(() => office?.close());

const createdAt = '2026-03-02T09:00:00.000Z';
const [buyerId, spade, stone, order, kept] = [newId(), newId(), newId(), newId(), newId()];

const product = (id: string, name: string, currency: string): ExportedTrade => {
  const about = { name, description: '', price: 100, currency, lowStock: 0, pictures: [] };
  return { type: 'product', id, ...about, isActive: true, isDeleted: false, createdAt };
};
const placed = (id: string, number: number, productIds: string[]): ExportedTrade => ({
  type: 'order',
  ...{ id, number, buyerId, conversationId: null, currency: 'EUR', note: '', createdAt, changes: [] },
  lines: productIds.map((productId) => ({ productId, name: 'Thing', price: 100, quantity: 2 })),
});
type Moved = Partial<Extract<ExportedTrade, { type: 'movement' }>>;
const moved = (change: number, more: Moved = {}): ExportedTrade => {
  const about = { productId: spade, reason: 'correction' as const, note: '', authorId: null, orderId: null, createdAt };
  return { type: 'movement', id: newId(), change, ...about, ...more };
};

/** Writes an export that nobody but its maker vouches for, and imports it. */
async function importOf(shop: readonly object[]) {
  async function* values(part: string): AsyncGenerator<object> {
    if (part === 'shop') yield* shop;
    const about = { username: null, email: null, timezone: null, role: 'customer' };
    if (part === 'people') yield { type: 'person', id: buyerId, name: 'Kim', ...about };
  }
  const file = `${await office.file('x', '')}-${randomUUID()}.export`;
  const open = (key: string) => Promise.reject(new MissingObject(key));
  await atOneMoment(office.app.database.pool, (db) =>
    writeExport(
      file,
      {
        db,
        program: 'test',
        storage: { open },
        parts: PARTS.map((name) => ({ name, values: values(name) })),
        objectKeys: () => [],
      },
      { passphrase: undefined, progress: () => undefined },
    ),
  );
  return office.run('atrium', file);
}

it('imports the movements of an order that is left out, and of strange values, and goes on', async () => {
  const { report } = await importOf([
    product(spade, 'Spade', 'EUR'),
    product(stone, 'Stone', 'XQX'),
    placed(order, 1, [spade, stone]),
    placed(kept, 2, [spade]),
    moved(10, { reason: 'created' }),
    moved(-2, { reason: 'order', orderId: order }),
    moved(-2, { productId: stone, reason: 'order', orderId: order }),
    moved(2, { reason: 'cancellation', orderId: order }),
    moved(-2, { reason: 'order', orderId: kept }),
    moved(-2, { reason: 'order', orderId: kept }),
    moved(-1, { reason: 'loss', orderId: kept, note: 'Broken' }),
    moved(3, { note: `\0${'long '.repeat(200)}` }),
    moved(0),
    moved(3_000_000_000),
    moved(1_000_000_000),
    moved(-100),
    moved(1, { reason: 'delivery', note: 'The last' }),
  ]);
  const moves = report.filter(({ kind, where }) => kind === 'movement' || where.startsWith('shop'));
  expect(moves.map(({ outcome }) => outcome)).toEqual([
    ...['created', 'left out', 'left out', 'created'],
    ...['created', 'created', 'left out', 'created', 'created', 'left out', 'created', 'created'],
    ...['left out', 'left out', 'left out', 'left out', 'created'],
  ]);
  expect(moves.flatMap(({ notes }) => notes)).toEqual(
    expect.arrayContaining([
      'its order was left out: it is a correction here',
      'a note was cut to 500 characters',
      'The order has already moved this product.',
      'At most 1000000000 can be in stock.',
    ]),
  );
  const { items } = await office.ann.call('products.list', { workspaceId: office.workspaceId, sort: 'name' });
  expect(items).toMatchObject([{ name: 'Spade', stock: 11 }]);
  const { items: movements } = await office.ann.call('products.movements', { productId: items[0]?.id ?? '' });
  expect(movements).toMatchObject([
    { change: 1, note: 'The last' },
    { change: 3, reason: 'correction', note: expect.stringMatching(/^long .*…$/) },
    { change: -1, reason: 'loss', orderId: null, note: 'Broken' },
    { change: -2, reason: 'order', orderId: report.find(({ key }) => key === kept)?.id },
    { change: 2, reason: 'correction', orderId: null },
    { change: -2, reason: 'correction', orderId: null },
    { change: 10, reason: 'created' },
  ]);
}, 120_000);

it('leaves out orders of strange values, and goes on', async () => {
  const [tulip, ok] = [newId(), newId()];
  const one = { productId: tulip, name: 'Tulip', price: 100, quantity: 1 };
  const change = { to: 'processing', assigneeId: null, authorId: buyerId, note: 'x'.repeat(2_000), at: createdAt };
  const strange = (more: object) => ({ ...placed(newId(), 3, [tulip]), ...more });
  const { report } = await importOf([
    product(tulip, 'Tulip', 'EUR'),
    strange({ lines: [{ ...one, quantity: 3_000_000_000 }] }),
    strange({ lines: [{ ...one, price: -1 }] }),
    strange({ lines: [one, one] }),
    strange({ currency: 'euro' }),
    strange({ changes: [{ ...change, to: 'delivered' }] }),
    strange({
      id: ok,
      note: `\0${'gift '.repeat(300)}`,
      lines: [{ ...one, name: 'Tulip\0'.repeat(100) }],
      changes: [change],
    }),
  ]);
  const rows = report.filter(({ where }) => where.startsWith('shop'));
  const left = 'left out';
  expect(rows.map(({ outcome }) => outcome)).toEqual(['created', left, left, left, left, left, 'created']);
  expect(rows.at(-1)?.notes).toContain('a note was cut to 1000 characters');
  const orderId = rows.at(-1)?.id ?? '';
  expect(await office.ann.call('orders.get', { orderId })).toMatchObject({
    status: 'processing',
    note: expect.stringMatching(/^gift .*…$/),
    lines: [{ name: expect.stringMatching(/^(Tulip){39}Tulip?/) }],
  });
}, 120_000);
