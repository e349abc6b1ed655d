import { type Shop, shops } from '@atrium/protocol';
import type { Executor } from '../../platform/database/index.ts';
import { command, type Implementation, problem, read } from '../../platform/module/index.ts';
import { joinAsCustomer, workspaceStream, workspacesById } from '../workspaces/index.ts';
import type { ShopFacts } from './policy.ts';
import { presentShop } from './present.ts';
import { lockShop, shopOf, updateShop } from './shop-store.ts';
import type { ShopRow } from './tables.ts';

async function show(db: Executor, row: ShopRow, facts: ShopFacts): Promise<Shop> {
  const workspace = (await workspacesById(db, [row.workspace_id])).get(row.workspace_id);
  if (workspace === undefined) throw problem('not_found');
  return presentShop(row, workspace.name, facts);
}

/** The shop of a workspace, and joining it as a customer. */
export const shopOperations: readonly Implementation[] = [
  read(shops.get, ({ db, subject }) => show(db, subject.shop, subject.facts)),

  command(shops.update, async ({ tx, append, input, subject }) => {
    const { workspaceId, version } = input;
    const before = await lockShop(tx, workspaceId);
    const factsOf = (row: ShopRow): ShopFacts => ({ role: subject.role, hasAccount: true, isPublic: row.is_public });
    if (version !== undefined && version !== before.version) {
      throw problem('version_conflict', { current: await show(tx, before, factsOf(before)) });
    }
    const after = {
      ...before,
      is_public: input.public ?? before.is_public,
      introduction: input.introduction ?? before.introduction,
      version: before.version + 1,
    };
    if (after.is_public === before.is_public && after.introduction === before.introduction) {
      return show(tx, before, factsOf(before));
    }
    await updateShop(tx, after);
    append(workspaceStream(workspaceId), 'shop:updated', { workspaceId, public: after.is_public });
    return show(tx, after, factsOf(after));
  }),

  command(
    shops.join,
    async (context) => {
      const { tx, actor, input } = context;
      if (!(await shopOf(tx, input.workspaceId)).is_public) throw problem('not_found');
      const joined = await joinAsCustomer(context, actor, input.workspaceId);
      // Checked again under the lock: it may have been closed in the meantime.
      if (!(await lockShop(tx, input.workspaceId)).is_public) throw problem('not_found');
      return joined;
    },
    { lock: 'itself' },
  ),
];
