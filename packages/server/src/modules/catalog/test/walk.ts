import { defineWalk, type InputFor } from '../../../../test/walk/define.ts';
import { fresh, workspaceId } from '../../../../test/walk/inputs.ts';
import type { SharedWorld, Side } from '../../../../test/walk/shared-world.ts';

/** W has a public shop, V one for its members; each has an active and an inactive product. */
async function prepare({ w, v }: SharedWorld) {
  const make = async ({ id, owner }: Side) => {
    const add = async (active: boolean) =>
      (await owner.call('products.create', { workspaceId: id, name: 'Spade', price: 1250, currency: 'EUR', active }))
        .id;
    return { active: await add(true), hidden: await add(false) };
  };
  await w.owner.call('shops.update', { workspaceId: w.id, public: true });
  return { mine: await make(w), theirs: await make(v) };
}
type Fixtures = Awaited<ReturnType<typeof prepare>>;
type Build = InputFor<Fixtures>;

const ofV: Build = ({ v }) => ({ workspaceId: v.id });
const active: Build = ({ mine }) => ({ productId: mine.active });
const hidden: Build = ({ mine }) => ({ productId: mine.hidden });
const theirs: Build = ({ theirs: { active: productId } }) => ({ productId });
const name = () => ({ name: fresh() });
const csv = () => ({ csv: `name,price,currency\n${fresh()},1.50,EUR` });

export const walk = defineWalk<Fixtures>({
  prepare,
  table: `
operation                                    nob. unv. read strn neig gues cust memb insi mana admi owne inst
shops.get                                    ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
shops.get / of V                             404  404  404  404  ok   404  404  404  404  404  404  404  404
shops.update                                 401  unv  unv  404  404  403  403  403  403  403  ok   ok   404
shops.join                                   401  unv  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
shops.join / of V                            401  unv  unv  404  404  404  404  404  404  404  404  404  404
products.list                                ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
products.list / of V                         404  404  404  404  ok   404  404  404  404  404  404  404  404
products.get                                 ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
products.get / inactive                      404  ok   ok   404  404  404  404  ok   ok   ok   ok   ok   404
products.get / of V                          404  404  404  404  ok   404  404  404  404  404  404  404  404
products.create                              401  unv  unv  404  404  403  403  403  403  403  ok   ok   404
products.update                              401  unv  unv  403  403  403  403  403  403  403  ok   ok   403
products.update / inactive                   401  unv  unv  404  404  404  404  403  403  403  ok   ok   404
products.update / of V                       401  unv  unv  404  ok   404  404  404  404  404  404  404  404
products.delete                              401  unv  unv  403  403  403  403  403  403  403  ok   ok   403
products.moveStock                           401  unv  unv  403  403  403  403  403  403  403  ok   ok   403
products.movements                           401  unv  403  403  403  403  403  403  403  403  ok   ok   403
products.movements / of V                    401  unv  404  404  ok   404  404  404  404  404  404  404  404
products.import                              401  unv  unv  404  404  403  403  403  403  403  ok   ok   404
products.export                              401  unv  403  404  404  403  403  403  403  403  ok   ok   404
`,
  inputs: {
    'shops.get': workspaceId,
    'shops.get / of V': ofV,
    'shops.update': ({ w }) => ({ workspaceId: w.id, introduction: fresh() }),
    'shops.join': workspaceId,
    'shops.join / of V': ofV,
    'products.list': workspaceId,
    'products.list / of V': ofV,
    'products.get': active,
    'products.get / inactive': hidden,
    'products.get / of V': theirs,
    'products.create': ({ w }) => ({ workspaceId: w.id, ...name(), price: 100, currency: 'JPY', stock: 3 }),
    'products.update': (...world) => ({ ...active(...world), ...name() }),
    'products.update / inactive': (...world) => ({ ...hidden(...world), ...name() }),
    'products.update / of V': (...world) => ({ ...theirs(...world), ...name() }),
    'products.delete': active,
    'products.moveStock': (...world) => ({ ...active(...world), change: 2 }),
    'products.movements': active,
    'products.movements / of V': theirs,
    'products.import': ({ w }) => ({ workspaceId: w.id, ...csv() }),
    'products.export': workspaceId,
  },
});
