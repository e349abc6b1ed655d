import type { ProductCan, ShopCan, WorkspaceRole } from '@atrium/protocol';

/** What the rules need to know of a shop and of the person who asks. */
export interface ShopFacts {
  /** undefined: they are not in the workspace. */
  role: WorkspaceRole | undefined;
  /** Whether they have signed in. */
  hasAccount: boolean;
  isPublic: boolean;
}

/** True for the roles that run a shop. */
function runs(role: WorkspaceRole | undefined): boolean {
  return role === 'owner' || role === 'admin';
}

/** True for the roles that work in the workspace. */
export function isStaff(role: WorkspaceRole | undefined): boolean {
  return runs(role) || role === 'member';
}

/** May they see the shop? */
export function maySeeShop({ role, isPublic }: ShopFacts): boolean {
  return isPublic || role !== undefined;
}

/** May they see this product of the shop? */
export function maySeeProduct(facts: ShopFacts, { active }: { active: boolean }): boolean {
  return maySeeShop(facts) && (active || isStaff(facts.role));
}

/** May someone with this role buy? Guests look on. */
export function mayOrder(role: WorkspaceRole | undefined): boolean {
  return isStaff(role) || role === 'customer';
}

/** May they change products, their prices and their stock? */
export function mayManage(role: WorkspaceRole | undefined): boolean {
  return runs(role);
}

/** Everything that someone may do with a shop; sent with it. */
export function shopCanOf({ role, hasAccount, isPublic }: ShopFacts): ShopCan {
  return { manage: mayManage(role), order: mayOrder(role), join: hasAccount && isPublic && role === undefined };
}

/** Everything that someone may do with a product; sent with it. */
export function productCanOf(role: WorkspaceRole | undefined): ProductCan {
  const manages = mayManage(role);
  return { update: manages, delete: manages, moveStock: manages };
}
