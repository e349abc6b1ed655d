import { randomUUID } from 'node:crypto';
import type { PlacedOrder } from '@atrium/protocol';
import { type Person, type TestApp, testApp } from '../../../../test/app.ts';

type Items = { productId: string; quantity?: number; price?: number }[];

/** A customer of the shop. */
export interface Buyer {
  userId: string;
  place(items: Items, key?: string): Promise<PlacedOrder>;
  placeIn(workspaceId: string, items: Items, key: string): Promise<PlacedOrder>;
  cancel(orderId: string): Promise<unknown>;
}

/** A shop with many customers. */
export interface Crowd {
  app: TestApp;
  owner: Person;
  workspaceId: string;
  buyers: Buyer[];
  sell(stock: number, price?: number): Promise<string>;
  /** Runs a query about the workspace, `$1`. */
  query(text: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** Adds customers to a workspace without the operations, which would be slow for hundreds. */
async function letIn(app: TestApp, workspaceId: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await app.database.pool.query(
    `with people as (
       insert into account (id, email, name) select id, id || '@example.org', 'Buyer' from unnest($2::uuid[]) id
       returning id
     )
     insert into membership (workspace_id, account_id, role, joined_at) select $1, id, 'customer', now() from people`,
    [workspaceId, ids],
  );
  return ids;
}

function buyer(app: TestApp, workspaceId: string, userId: string): Buyer {
  const call = app.as({
    kind: 'user',
    userId,
    sessionId: randomUUID(),
    role: 'user',
    emailVerified: true,
    expiresAt: new Date(Date.now() + 3_600_000),
  });
  return {
    userId,
    place: (items, key) => call('orders.place', { workspaceId, items }, key === undefined ? {} : { key }),
    placeIn: (id, items, key) => call('orders.place', { workspaceId: id, items }, { key }),
    cancel: (orderId) => call('orders.update', { orderId, status: 'cancelled' }),
  };
}

export async function makeCrowd(count: number): Promise<Crowd> {
  const app = await testApp();
  const owner = await app.person('Olga');
  const { id: workspaceId } = await owner.call('workspaces.create', { name: 'Shop' });
  const ids = await letIn(app, workspaceId, count);
  return {
    app,
    owner,
    workspaceId,
    buyers: ids.map((id) => buyer(app, workspaceId, id)),
    async sell(stock, price = 100) {
      const product = { workspaceId, name: 'Spade', price, currency: 'EUR', stock };
      return (await owner.call('products.create', product)).id;
    },
    query: async (text) => (await app.database.pool.query(text, [workspaceId])).rows,
    close: () => app.close(),
  };
}
