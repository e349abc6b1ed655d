import type { DurableType } from '@atrium/protocol';
import type { Person } from '../../../../test/app.ts';
import { letIn, observe, type Scene } from '../../../../test/faults/cast.ts';
import type { Case } from '../../../../test/faults/snapshot-case.ts';

const sell = async ({ ann, workspaceId }: Scene) =>
  (await ann.call('products.create', { workspaceId, name: 'Spade', price: 1250, currency: 'EUR', stock: 50 })).id;

const order = async ({ workspaceId }: Scene, buyer: Person, productId: string) =>
  (await buyer.call('orders.place', { workspaceId, items: [{ productId, quantity: 2 }] })).id;

/** A shop with a product. */
const shop: NonNullable<Case['prepare']> = async (scene) => ({ text: await sell(scene) });

/** A customer who is watching, and a product. */
const customer: NonNullable<Case['prepare']> = async (scene) => {
  const extra = await observe(scene.app, scene.url, 'Cora');
  await letIn(scene, scene.workspaceId, extra, 'customer');
  return { extra, text: await sell(scene) };
};

/** The same, with an order of theirs. */
const ordered: NonNullable<Case['prepare']> = async (scene) => {
  const { extra, text } = (await customer(scene)) ?? {};
  return { ...(extra && { extra, text: await order(scene, extra, text ?? '') }) };
};

/** An order of a staff member. */
const orderedByBob: NonNullable<Case['prepare']> = async (scene) => ({
  text: await order(scene, scene.bob, await sell(scene)),
});

export const cases: Record<string, Case> = {
  'orders.place': {
    prepare: customer,
    act: async (scene, { extra, text }) => {
      await order(scene, extra, text);
      await order(scene, scene.bob, text);
      await order(scene, extra, text);
    },
  },
  'orders.place / more than a snapshot shows': {
    prepare: shop,
    act: async (scene, { text }) => {
      for (let count = 1; count <= 22; count += 1) await order(scene, scene.bob, text);
    },
  },
  'orders.update': {
    prepare: ordered,
    act: async ({ bob, eve }, { text: orderId }) => {
      await bob.call('orders.update', { orderId, status: 'processing', note: 'Packed' });
      await eve.call('orders.update', { orderId, status: 'shipped' });
    },
  },
  'orders.update / handed over': {
    prepare: ordered,
    act: ({ eve }, { text: orderId }) => eve.call('orders.update', { orderId, assigneeId: eve.userId }),
  },
  'orders.update / cancelled by the buyer': {
    prepare: ordered,
    act: (_, { extra, text: orderId }) => extra.call('orders.update', { orderId, status: 'cancelled' }),
  },
  'products.create / the second one': {
    prepare: shop,
    act: sell,
  },
  'members.update / who sees the desk': {
    prepare: orderedByBob,
    act: async ({ ann, bob, gus, workspaceId }) => {
      await ann.call('members.update', { workspaceId, userId: bob.userId, role: 'guest' });
      await ann.call('members.update', { workspaceId, userId: gus.userId, role: 'member' });
    },
  },
  'members.remove / who sees the desk': {
    prepare: orderedByBob,
    act: async (scene) => {
      const { ann, bob, workspaceId } = scene;
      await ann.call('members.remove', { workspaceId, userId: bob.userId });
      await letIn(scene, workspaceId, bob, 'customer');
    },
  },
  'workspaces.delete / with a desk': {
    prepare: ordered,
    act: ({ ann, workspaceId }) => ann.call('workspaces.delete', { workspaceId }),
  },
};

/** It ends the stream for the person who left. */
export const eventsWithoutState: DurableType[] = ['desk:memberLeft'];
