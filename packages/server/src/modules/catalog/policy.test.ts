import type { WorkspaceRole } from '@atrium/protocol';
import { describe, expect, it } from 'vitest';
import { maySeeProduct, maySeeShop, productCanOf, type ShopFacts, shopCanOf } from './policy.ts';

/**
 * Who, then for a shop that is closed and for one that is public: (s)ees it, sees an (a)ctive and an (i)nactive product,
 * (m)anages it, (o)rders, may (j)oin; then (u)pdates, (d)eletes and moves the (s)tock of a product.
 */
const table = `
owner     saimo-  saimo-  uds
admin     saimo-  saimo-  uds
member    sai-o-  sai-o-  ---
guest     sa----  sa----  ---
customer  sa--o-  sa--o-  ---
account   ------  sa---j  ---
nobody    ------  sa----  ---
`
  .trim()
  .split('\n')
  .map((line) => line.split(/\s+/));

const letters = (all: string, holds: readonly boolean[]) =>
  [...all].map((letter, at) => (holds[at] ? letter : '-')).join('');

describe('what one may do with a shop', () => {
  it.each(table)('%s', (who, closed, open, product) => {
    const role = who === 'account' || who === 'nobody' ? undefined : (who as WorkspaceRole);
    const shopLetters = (isPublic: boolean) => {
      const facts: ShopFacts = { role, hasAccount: who !== 'nobody', isPublic };
      const { manage, order, join } = shopCanOf(facts);
      const sees = [maySeeShop(facts), maySeeProduct(facts, { active: true }), maySeeProduct(facts, { active: false })];
      return letters('saimoj', [...sees, manage, order, join]);
    };
    expect(shopLetters(false)).toBe(closed);
    expect(shopLetters(true)).toBe(open);
    const { update, delete: remove, moveStock } = productCanOf(role);
    expect(letters('uds', [update, remove, moveStock])).toBe(product);
  });
});
