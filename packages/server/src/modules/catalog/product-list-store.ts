import type { ProductSort } from '@atrium/protocol';
import { type RawBuilder, sql } from 'kysely';
import { validate } from 'uuid';
import type { Executor } from '../../platform/database/index.ts';
import { type Keyset, keyset, type Page } from '../../platform/module/index.ts';
import type { ProductRow } from './tables.ts';

/** The keyset of a product in a list: its sort value, then its id. */
interface Position {
  key: string;
  id: string;
}

/** The filter and order of a product list. */
export interface ProductQuery {
  workspaceId: string;
  name?: string | undefined;
  minPrice?: number | undefined;
  maxPrice?: number | undefined;
  currency?: string | undefined;
  inStock?: boolean | undefined;
  active?: boolean | undefined;
}

type Fragment = RawBuilder<unknown>;

interface Order {
  by: Fragment;
  keyOf: (row: ProductRow) => string;
  isKey: (key: string) => boolean;
  after: (position: Position) => Fragment;
}

const ORDERS: Readonly<Record<ProductSort, Order>> = {
  created: {
    by: sql`id desc`,
    keyOf: () => '',
    isKey: (key) => key === '',
    after: ({ id }) => sql`id < ${id}::uuid`,
  },
  name: {
    by: sql`lower(name) collate "C", id`,
    keyOf: ({ name }) => name,
    isKey: (key) => key.length <= 400 && !key.includes('\0'),
    after: ({ key, id }) => sql`(lower(name) collate "C", id) > (lower(${key}) collate "C", ${id}::uuid)`,
  },
  price: {
    by: sql`price, id`,
    keyOf: ({ price }) => String(price),
    isKey: (key) => /^\d{1,15}$/.test(key),
    after: ({ key, id }) => sql`(price, id) > (${key}::bigint, ${id}::uuid)`,
  },
};

/** The cursors of a list in this order. */
export function productKeyset(sort: ProductSort): Keyset<Position> & { positionOf(row: ProductRow): Position } {
  const { isKey, keyOf } = ORDERS[sort];
  const cursors = keyset(
    ['string', 'string', 'string'],
    (order, key, id) => (order === sort && isKey(key) && validate(id) ? { key, id } : undefined),
    ({ key, id }: Position) => [sort, key, id],
  );
  return { ...cursors, positionOf: (row) => ({ key: keyOf(row), id: row.id }) };
}

const escaped = (text: string) => text.replaceAll(/[\\%_]/g, '\\$&');

function conditions({ workspaceId, name, minPrice, maxPrice, currency, inStock, active }: ProductQuery): Fragment[] {
  return [
    sql`workspace_id = ${workspaceId} and deleted_at is null`,
    ...(name === undefined ? [] : [sql`lower(name) like lower(${`%${escaped(name)}%`})`]),
    ...(minPrice === undefined ? [] : [sql`price >= ${minPrice}`]),
    ...(maxPrice === undefined ? [] : [sql`price <= ${maxPrice}`]),
    ...(currency === undefined ? [] : [sql`currency = ${currency}`]),
    ...(inStock === undefined ? [] : [inStock ? sql`stock > 0` : sql`stock = 0`]),
    ...(active === undefined ? [] : [sql`active = ${active}`]),
  ];
}

/** One page of the products of a workspace. */
export async function productList(
  db: Executor,
  query: ProductQuery,
  sort: ProductSort,
  { after, limit }: Page<Position>,
): Promise<ProductRow[]> {
  const order = ORDERS[sort];
  const where = [...conditions(query), ...(after === undefined ? [] : [order.after(after)])];
  const { rows } = await sql<ProductRow>`
    select * from product where ${sql.join(where, sql` and `)} order by ${order.by} limit ${limit}
  `.execute(db);
  return rows;
}

/** Products of a workspace, including deleted ones, whose name contains a text, ignoring case. */
export async function productIdsNamed(db: Executor, workspaceId: string, text: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from product
    where workspace_id = ${workspaceId} and lower(name) like lower(${`%${escaped(text)}%`})
  `.execute(db);
  return rows.map(({ id }) => id);
}
