// What one would write without much thought: Express, and for each order one transaction with SELECT … FOR UPDATE. No
// idempotency, no conversation, no timeline, no events, no limits.
import process from 'node:process';
import express, { json } from 'express';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 });
await pool.query(`
  create table if not exists products (
    id bigserial primary key, name text not null, price bigint not null, stock int not null check (stock >= 0)
  );
  create table if not exists shops (id bigserial primary key, last_number int not null default 0);
  create table if not exists orders (
    id bigserial primary key, shop_id bigint not null references shops, number int not null, buyer text not null,
    status text not null default 'pending', total bigint not null, created_at timestamptz not null default now(),
    unique (shop_id, number)
  );
  create table if not exists order_lines (
    order_id bigint not null references orders, product_id bigint not null references products, name text not null,
    price bigint not null, quantity int not null, primary key (order_id, product_id)
  );
  create table if not exists movements (
    id bigserial primary key, product_id bigint not null references products, change int not null, order_id bigint,
    at timestamptz not null default now()
  );
  insert into shops (id) values (1) on conflict do nothing;
`);

interface Wanted {
  buyer: string;
  items: { productId: string; quantity?: number }[];
}

async function place(client: pg.PoolClient, buyer: string, { items }: Wanted): Promise<{ number: number } | undefined> {
  const wanted = new Map(items.map(({ productId, quantity = 1 }) => [productId, quantity]));
  const { rows } = await client.query<{ id: string; name: string; price: string; stock: number }>(
    'select id, name, price, stock from products where id = any($1::bigint[]) order by id for update',
    [[...wanted.keys()]],
  );
  if (rows.length < wanted.size || rows.some(({ id, stock }) => stock < (wanted.get(id) ?? 0))) return undefined;
  const total = rows.reduce((sum, { id, price }) => sum + Number(price) * (wanted.get(id) ?? 0), 0);
  const shop = await client.query<{ number: number }>(
    'update shops set last_number = last_number + 1 where id = 1 returning last_number as number',
  );
  const number = shop.rows[0]?.number ?? 0;
  const order = await client.query<{ id: string }>(
    'insert into orders (shop_id, number, buyer, total) values (1, $1, $2, $3) returning id',
    [number, buyer, total],
  );
  const orderId = order.rows[0]?.id;
  for (const { id, name, price } of rows) {
    const quantity = wanted.get(id) ?? 0;
    await client.query('update products set stock = stock - $2 where id = $1', [id, quantity]);
    await client.query('insert into order_lines values ($1, $2, $3, $4, $5)', [orderId, id, name, price, quantity]);
    await client.query('insert into movements (product_id, change, order_id) values ($1, $2, $3)', [
      id,
      -quantity,
      orderId,
    ]);
  }
  return { number };
}

const app = express();
app.use(json());
app.post('/products', async (request, response) => {
  const { name, price, stock } = request.body as { name: string; price: number; stock: number };
  const { rows } = await pool.query('insert into products (name, price, stock) values ($1, $2, $3) returning id', [
    name,
    price,
    stock,
  ]);
  response.status(201).json(rows[0]);
});
app.post('/orders', async (request, response) => {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const placed = await place(client, (request.body as Wanted).buyer, request.body as Wanted);
    await client.query(placed ? 'commit' : 'rollback');
    response.status(placed ? 201 : 409).json(placed ?? { code: 'out_of_stock' });
  } catch (error) {
    await client.query('rollback');
    response.status(500).json({ error: String(error) });
  } finally {
    client.release();
  }
});
app.listen(Number(process.env.PORT), '127.0.0.1', () => process.stdout.write('ready\n'));
