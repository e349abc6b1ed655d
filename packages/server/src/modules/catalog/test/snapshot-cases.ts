import type { DurableType } from '@atrium/protocol';
import type { Scene } from '../../../../test/faults/cast.ts';
import type { Case } from '../../../../test/faults/snapshot-case.ts';

const add = ({ ann, workspaceId }: Scene) =>
  ann.call('products.create', { workspaceId, name: 'Spade', price: 1250, currency: 'EUR', stock: 6 });

const prepare: NonNullable<Case['prepare']> = async (scene) => ({ text: (await add(scene)).id });

export const cases: Record<string, Case> = {
  'shops.update': {
    act: async ({ ann, workspaceId }) => {
      await ann.call('shops.update', { workspaceId, public: true, introduction: 'Tools' });
      await ann.call('shops.update', { workspaceId, public: false });
    },
  },
  'shops.join': {
    prepare: async ({ ann, workspaceId }) => {
      await ann.call('shops.update', { workspaceId, public: true });
      return {};
    },
    act: ({ dan, workspaceId }) => dan.call('shops.join', { workspaceId }),
  },
  'products.create': { act: add },
  'products.update': {
    prepare,
    act: ({ ann }, { text: productId }) => ann.call('products.update', { productId, price: 1300, stock: 2 }),
  },
  'products.delete': { prepare, act: ({ ann }, { text: productId }) => ann.call('products.delete', { productId }) },
  'products.moveStock': {
    prepare,
    act: ({ eve }, { text: productId }) => eve.call('products.moveStock', { productId, change: 5, reason: 'delivery' }),
  },
  'products.import': {
    act: ({ ann, workspaceId }) =>
      ann.call('products.import', { workspaceId, csv: 'name,price,currency,stock\nRake,9.50,EUR,3' }),
  },
};

/** Products are loaded page by page: these events are for screens that show some of them. */
export const eventsWithoutState: DurableType[] = [
  'product:created',
  'product:deleted',
  'product:updated',
  'shop:updated',
];
