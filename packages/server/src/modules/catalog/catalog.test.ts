import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Team, type TestWorld, testWorld } from '../../../test/world.ts';

let world: TestWorld;
let team: Team;
let workspaceId: string;

beforeAll(async () => {
  world = await testWorld();
  team = await world.workspace();
  workspaceId = team.id;
});
afterAll(() => world?.close());

const add = (fields: Record<string, unknown> = {}) =>
  team.owner.api.products.create({ workspaceId, name: 'Spade', price: 1250, currency: 'EUR', stock: 10, ...fields });

const movementsOf = async (productId: string) => (await team.owner.api.products.movements({ productId })).items;

describe('OR-1 a product', () => {
  it('has a stock made of movements, each with a reason and an author', async () => {
    const { id: productId } = await add();
    await team.admin.api.products.update({ productId, stock: 7 });
    await team.owner.api.products.moveStock({ productId, change: 5, reason: 'delivery', note: 'Invoice 7' });
    const { stock, version } = await team.owner.api.products.get({ productId });
    expect({ stock, version }).toEqual({ stock: 12, version: 1 });
    expect(await movementsOf(productId)).toMatchObject([
      { change: 5, stockAfter: 12, reason: 'delivery', note: 'Invoice 7', authorId: team.owner.userId },
      { change: -3, stockAfter: 7, reason: 'correction', authorId: team.admin.userId },
      { change: 10, stockAfter: 10, reason: 'created', authorId: team.owner.userId },
    ]);
    const below = team.owner.api.products.moveStock({ productId, change: -13 });
    await expect(below).rejects.toMatchObject({ code: 'out_of_stock', message: '12 are in stock.' });
  });

  it('always has the sum of its movements as its stock, enforced by the database', async () => {
    const { id } = await add();
    const query = (text: string) => world.database.pool.query(text, [id]);
    await expect(query('update product set stock = stock + 1 where id = $1')).rejects.toThrow(/refused/);
    await expect(query('update stock_movement set change = 99 where product_id = $1')).rejects.toThrow(/refused/);
    await expect(query('delete from stock_movement where product_id = $1')).rejects.toThrow(/kept as long/);
    const { rows } = await query(
      'select p.stock, sum(m.change)::int as sum from product p join stock_movement m on m.product_id = p.id where p.id = $1 group by 1',
    );
    expect(rows).toEqual([{ stock: 10, sum: 10 }]);
  });

  it('is described in events by the field names of the contract', async () => {
    await world.told();
    const { id: productId } = await add({ name: 'Rake' });
    await team.owner.api.products.update({ productId, price: 700, stock: 2 });
    const told = (await world.told()).filter(({ type }) => type.startsWith('product:'));
    const common = { productId, name: 'Rake' };
    expect(told.map(({ stream, type, body }) => ({ stream, type, body }))).toEqual([
      {
        stream: `workspace:${workspaceId}`,
        type: 'product:created',
        body: { workspaceId, ...common, price: 1250, stock: 10 },
      },
      { stream: `workspace:${workspaceId}`, type: 'product:updated', body: { ...common, price: 1250, stock: 10 } },
      { stream: `workspace:${workspaceId}`, type: 'product:updated', body: { ...common, price: 700, stock: 2 } },
    ]);
  });

  it('is changed by only one of two who saw the same version', async () => {
    const { id: productId, version } = await add();
    const change = (price: number) => team.owner.api.products.update({ productId, price, version });
    const results = await Promise.allSettled([change(1), change(2)]);
    const refused = results.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect(refused.reason).toMatchObject({ code: 'version_conflict', details: { current: { version: version + 1 } } });
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it.each([
    ['JPY', 10.5],
    ['KWD', 1.234],
    ['EUR', -1],
    ['EUR', 10_000_000_001],
    ['XXQ', 100],
  ])('is refused for %s %d', async (currency, price) => {
    await expect(add({ currency, price })).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('is hidden from everyone once deleted, and its movements are kept', async () => {
    const { id: productId } = await add();
    await team.admin.api.products.delete({ productId });
    await expect(team.owner.api.products.get({ productId })).rejects.toMatchObject({ code: 'not_found' });
    const kept = await world.database.pool.query('select from stock_movement where product_id = $1', [productId]);
    expect(kept.rows).toHaveLength(1);
  });
});

describe('the list', () => {
  it('filters, sorts and pages in each order', async () => {
    const shop = await world.workspace();
    const { api } = shop.owner;
    const wanted = ['Hoe', 'axe', 'Bow saw', 'Rope 100%', 'Zinc tub'];
    for (const [at, name] of wanted.entries()) {
      const stock = at % 2;
      await api.products.create({ workspaceId: shop.id, name, price: 500 - at * 100, currency: 'EUR', stock });
    }
    await api.products.create({ workspaceId: shop.id, name: 'Secret', price: 1, currency: 'EUR', active: false });
    type Query = Partial<Parameters<typeof api.products.list>[0]>;
    const names = async (query: Query, who = api) => {
      const all: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await who.products.list({ workspaceId: shop.id, limit: 2, ...query, ...(cursor && { cursor }) });
        all.push(...page.items.map(({ name }) => name));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      return all;
    };
    expect(await names({})).toEqual(['Secret', ...wanted.toReversed()]);
    expect(await names({ sort: 'name', active: true })).toEqual(['axe', 'Bow saw', 'Hoe', 'Rope 100%', 'Zinc tub']);
    expect(await names({ sort: 'price', minPrice: 200, maxPrice: 400 })).toEqual(['Rope 100%', 'Bow saw', 'axe']);
    expect(await names({ inStock: true })).toEqual(['Rope 100%', 'axe']);
    expect(await names({ name: '0%' })).toEqual(['Rope 100%']);
    expect(await names({ name: '_' })).toEqual([]);
    expect(await names({}, shop.customer.api)).toEqual(wanted.toReversed());
    expect(await names({ active: false }, shop.customer.api)).toEqual([]);
    const { nextCursor } = await api.products.list({ workspaceId: shop.id, limit: 1 });
    const crossed = api.products.list({ workspaceId: shop.id, sort: 'price', cursor: nextCursor! });
    await expect(crossed).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

describe('a public shop', () => {
  it('lets a user join as its customer, once, while it is public', async () => {
    const visitor = await world.person();
    const join = () => visitor.api.shops.join({ workspaceId });
    await expect(join()).rejects.toMatchObject({ code: 'not_found' });
    await team.owner.api.shops.update({ workspaceId, public: true });
    const seen = await visitor.api.shops.get({ workspaceId });
    expect(seen).toMatchObject({ public: true, name: 'Team', can: { join: true, order: false } });
    const joined = await Promise.all([join(), join()]);
    expect(joined.map(({ role }) => role)).toEqual(['customer', 'customer']);
    expect((await visitor.api.shops.get({ workspaceId })).can).toEqual({ manage: false, order: true, join: false });
    expect((await team.admin.api.shops.join({ workspaceId })).role).toBe('admin');
  });
});

describe('the table of products', () => {
  it('previews an import, runs it, and reads its own export', async () => {
    const { id: shopId, owner } = await world.workspace();
    const csv = [
      'name,price,currency,stock,description',
      'Hoe,10.50,EUR,3,"Long, with ""handle"""',
      '"\'=HYPERLINK(""x"")",1000,JPY,1,',
      '-2h help,1.234,KWD,,',
      'Bucket,990,CLP,7,',
    ].join('\n');
    const dry = await owner.api.products.import({ workspaceId: shopId, csv, dryRun: true });
    expect(dry).toMatchObject({ imported: false, created: 4, failed: 0 });
    expect((await owner.api.products.list({ workspaceId: shopId })).items).toEqual([]);
    expect(await owner.api.products.import({ workspaceId: shopId, csv })).toMatchObject({ imported: true, created: 4 });
    const { items } = await owner.api.products.list({ workspaceId: shopId });
    expect(items.map(({ name, price, currency, stock }) => [name, price, currency, stock])).toEqual([
      ['Bucket', 990, 'CLP', 7],
      ['-2h help', 1234, 'KWD', 0],
      ['=HYPERLINK("x")', 1000, 'JPY', 1],
      ['Hoe', 1050, 'EUR', 3],
    ]);
    const first = await owner.api.products.export({ workspaceId: shopId, limit: 3 });
    const second = await owner.api.products.export({ workspaceId: shopId, cursor: first.nextCursor! });
    expect(first.csv).toContain('"\'=HYPERLINK(""x"")",,1000,JPY,1,5,true\r\n');
    for (const { csv: table } of [first, second]) {
      const again = await owner.api.products.import({ workspaceId: shopId, csv: table });
      expect(again.rows.map(({ outcome }) => outcome)).toEqual(again.rows.map(() => 'unchanged'));
    }
  });

  it('reports every error of every line, and imports nothing unless told to skip them', async () => {
    const { id: shopId, owner } = await world.workspace();
    const { id } = await owner.api.products.create({ workspaceId: shopId, name: 'Hoe', price: 1, currency: 'EUR' });
    const { id: foreign } = await add();
    const csv = [
      'id,name,price,currency,stock,active',
      `${id},,2.00,EUR,4,`,
      ',Yen,10.5,JPY,,',
      ',Dinar,1.2345,KWD,-1,maybe',
      `${foreign},,1,EUR,,`,
      `${id},Twice,,,,`,
      ',,,,,',
      ',Good,3,EUR,,',
    ].join('\r\n');
    const refused = await owner.api.products.import({ workspaceId: shopId, csv });
    expect(refused).toMatchObject({ imported: false, created: 1, updated: 1, failed: 5 });
    const columns = refused.rows.map(({ errors }) => errors.map(({ column }) => column));
    expect(columns).toEqual([
      [],
      ['price'],
      ['price', 'active', 'stock'],
      ['id'],
      ['id'],
      ['name', 'price', 'currency'],
      [],
    ]);
    expect((await owner.api.products.get({ productId: id })).price).toBe(1);
    const skipped = await owner.api.products.import({ workspaceId: shopId, csv, skipFaulty: true });
    expect(skipped).toMatchObject({ imported: true, created: 1, updated: 1, failed: 5 });
    expect(await owner.api.products.get({ productId: id })).toMatchObject({ price: 200, stock: 4 });
  });

  it.each([
    ['no header', '\n'],
    ['an unknown column', 'name,colour\nHoe,red'],
    ['a column twice', 'name,name\nHoe,Hoe'],
    ['an open quote', 'name\n"Hoe'],
    ['lines of another length', 'name,price\nHoe'],
    ['too many lines', `name\n${'x\n'.repeat(1_001)}`],
  ])('refuses a file with %s', async (_, csv) => {
    const refused = team.owner.api.products.import({ workspaceId, csv });
    await expect(refused).rejects.toMatchObject({ code: 'invalid_input', details: { errors: [{ path: 'csv' }] } });
  });
});

it('is deleted with its workspace', async () => {
  const { id, owner } = await world.workspace();
  await owner.api.products.create({ workspaceId: id, name: 'Hoe', price: 1, currency: 'EUR', stock: 3 });
  await owner.api.shops.update({ workspaceId: id, public: true });
  await owner.api.workspaces.delete({ workspaceId: id });
  const { rows } = await world.database.pool.query('select from product where workspace_id = $1', [id]);
  expect(rows).toEqual([]);
});
