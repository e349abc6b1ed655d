import type { WorkspaceRole } from '@atrium/protocol';
import type { Executor } from '../../platform/database/index.ts';
import { type AccessHolds, type AccessLoaders, type Actor, problem } from '../../platform/module/index.ts';
import { holdMemberships, membershipOf, type Roles, rolesOf } from '../workspaces/index.ts';
import { mayManage, maySeeProduct, maySeeShop, type ShopFacts } from './policy.ts';
import { productById, productsById } from './product-store.ts';
import { shopOf, shopsOf } from './shop-store.ts';
import type { ProductRow, ShopRow } from './tables.ts';

/** The subject of the shop rules: the shop, and the caller's relation to it. */
export interface ShopSubject {
  shop: ShopRow;
  facts: ShopFacts;
}

/** The same for a product. */
export interface ProductSubject extends ShopSubject {
  product: ProductRow;
}

declare module '../../platform/module/index.ts' {
  interface AccessSubjects {
    'shop:reader': ShopSubject;
    'product:reader': ProductSubject;
    'product:manager': ProductSubject;
  }
}

/** The viewer: a user, or anyone who is not signed in. */
export type Reader = { kind: 'user'; userId: string } | Exclude<Actor, { kind: 'user' }>;

async function roleIn(db: Executor, workspaceId: string, actor: Reader): Promise<WorkspaceRole | undefined> {
  return actor.kind === 'user' ? (await membershipOf(db, workspaceId, actor.userId))?.role : undefined;
}

function shopFor(actor: Reader, shop: ShopRow, role: WorkspaceRole | undefined): ShopSubject {
  return { shop, facts: { role, hasAccount: actor.kind === 'user', isPublic: shop.is_public } };
}

async function loadShop(db: Executor, actor: Reader, workspaceId: string): Promise<ShopSubject> {
  return shopFor(actor, await shopOf(db, workspaceId), await roleIn(db, workspaceId, actor));
}

/** Loads a product for a viewer who may see it. Throws `not_found`. */
export async function loadProduct(
  db: Executor,
  actor: Reader,
  input: Record<string, unknown>,
): Promise<ProductSubject> {
  const product = await productById(db, String(input.productId));
  if (product === undefined) throw problem('not_found');
  const subject = await loadShop(db, actor, product.workspace_id);
  if (!maySeeProduct(subject.facts, product)) throw problem('not_found');
  return { ...subject, product };
}

/** Loads those of the products that a viewer may see, by id. */
export async function visibleProducts(
  db: Executor,
  actor: Reader,
  ids: readonly string[],
): Promise<Map<string, ProductSubject>> {
  const products = await productsById(db, ids);
  const shops = await shopsOf(
    db,
    products.map((product) => product.workspace_id),
  );
  const roles: Roles = actor.kind === 'user' ? await rolesOf(db, actor.userId) : new Map();
  const visible = new Map<string, ProductSubject>();
  for (const product of products) {
    const shop = shops.get(product.workspace_id);
    const subject = shop && shopFor(actor, shop, roles.get(product.workspace_id));
    if (subject && maySeeProduct(subject.facts, product)) visible.set(product.id, { ...subject, product });
  }
  return visible;
}

/** Loads shops and products for viewers who may see them, with or without an account. */
export const catalogAccess: AccessLoaders = {
  async 'shop:reader'(db, actor, input) {
    const subject = await loadShop(db, actor, String(input.workspaceId));
    if (!maySeeShop(subject.facts)) throw problem('not_found');
    return subject;
  },
  'product:reader': loadProduct,
  async 'product:manager'(db, actor, input) {
    const subject = await loadProduct(db, actor, input);
    if (!mayManage(subject.facts.role)) throw problem('forbidden');
    return subject;
  },
};

/** Locks what the product rules depend on. */
export const catalogHolds: AccessHolds = {
  async 'product:manager'(tx, { userId }, input) {
    const product = await productById(tx, String(input.productId));
    if (product !== undefined) await holdMemberships(tx, product.workspace_id, [userId]);
  },
};
