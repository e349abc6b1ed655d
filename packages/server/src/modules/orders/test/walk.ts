import { defineWalk, type InputFor } from '../../../../test/walk/define.ts';
import { nothing, workspaceId } from '../../../../test/walk/inputs.ts';
import type { SharedWorld } from '../../../../test/walk/shared-world.ts';

/** Both workspaces sell spades. In W the customer and an admin each ordered one, in V its owner did. */
async function prepare({ w, v, people }: SharedWorld) {
  const sell = async (owner: typeof people.owner, id: string) =>
    (
      await owner.call('products.create', {
        workspaceId: id,
        name: 'Spade',
        price: 1250,
        currency: 'EUR',
        stock: 1_000,
      })
    ).id;
  const mine = await sell(w.owner, w.id);
  const theirs = await sell(v.owner, v.id);
  const order = async (buyer: typeof people.owner, id: string, productId: string) =>
    (await buyer.call('orders.place', { workspaceId: id, items: [{ productId }] })).id;
  return {
    mine,
    theirs,
    ofCustomer: await order(people.customer, w.id, mine),
    ofAdmin: await order(people.admin, w.id, mine),
    inV: await order(v.owner, v.id, theirs),
  };
}
type Fixtures = Awaited<ReturnType<typeof prepare>>;
type Build = InputFor<Fixtures>;

const ofCustomer: Build = (world) => ({ orderId: world.ofCustomer });
const ofAdmin: Build = (world) => ({ orderId: world.ofAdmin });
const inV: Build = (world) => ({ orderId: world.inV });
const to =
  (build: Build, status: string): Build =>
  (...world) => ({ ...build(...world), status });

export const walk = defineWalk<Fixtures>({
  prepare,
  table: `
operation                                    nob. unv. read strn neig gues cust memb insi mana admi owne inst
desks.get                                    401  unv  ok   404  404  403  403  ok   ok   ok   ok   ok   404
orders.place                                 401  unv  unv  404  404  403  ok   ok   ok   ok   ok   ok   404
orders.place / in V                          401  unv  unv  404  ok   404  404  404  404  404  404  404  404
orders.mine                                  401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
orders.list                                  401  unv  ok   404  404  403  403  ok   ok   ok   ok   ok   404
orders.get                                   401  unv  ok   404  404  404  ok   ok   ok   ok   ok   ok   404
orders.get / of an admin                     401  unv  ok   404  404  404  404  ok   ok   ok   ok   ok   404
orders.get / in V                            401  unv  404  404  ok   404  404  404  404  404  404  404  404
orders.update                                401  unv  unv  404  404  404  403  ok   ok   ok   ok   ok   404
orders.update / cancelled                    401  unv  unv  404  404  404  ok   ok   ok   ok   ok   ok   404
orders.update / of an admin                  401  unv  unv  404  404  404  404  ok   ok   ok   ok   ok   404
orders.update / in V                         401  unv  unv  404  ok   404  404  404  404  404  404  404  404
`,
  inputs: {
    'desks.get': workspaceId,
    'orders.place': ({ w, mine }) => ({ workspaceId: w.id, items: [{ productId: mine }] }),
    'orders.place / in V': ({ v, theirs }) => ({ workspaceId: v.id, items: [{ productId: theirs }] }),
    'orders.mine': nothing,
    'orders.list': workspaceId,
    'orders.get': ofCustomer,
    'orders.get / of an admin': ofAdmin,
    'orders.get / in V': inV,
    'orders.update': to(ofCustomer, 'processing'),
    'orders.update / cancelled': to(ofCustomer, 'cancelled'),
    'orders.update / of an admin': to(ofAdmin, 'processing'),
    'orders.update / in V': to(inV, 'processing'),
  },
});
