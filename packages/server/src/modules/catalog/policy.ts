import type { ProductCan, ShopCan, WorkspaceRole } from '@atrium/protocol';

/** The facts about a shop and a viewer that the rules need. */
export interface ShopFacts {
  /** undefined: they are not in the workspace. */
  role: WorkspaceRole | undefined;
  /** Whether they have signed in. */
  hasAccount: boolean;
  isPublic: boolean;
}

/** True for roles that manage a shop. */
function runs(role: WorkspaceRole | undefined): boolean {
  return role === 'owner' || role === 'admin';
}

/** True for staff roles of the workspace. */
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

/** May someone with this role buy? Guests may not. */
export function mayOrder(role: WorkspaceRole | undefined): boolean {
  return isStaff(role) || role === 'customer';
}

/** May they change products, their prices and their stock? */
export function mayManage(role: WorkspaceRole | undefined): boolean {
  return runs(role);
}

/** `can` of a shop for a viewer. */
export function shopCanOf({ role, hasAccount, isPublic }: ShopFacts): ShopCan {
  return { manage: mayManage(role), order: mayOrder(role), join: hasAccount && isPublic && role === undefined };
}

/** `can` of a product for a viewer. */
export function productCanOf(role: WorkspaceRole | undefined): ProductCan {
  const manages = mayManage(role);
  return { update: manages, delete: manages, moveStock: manages };
}
