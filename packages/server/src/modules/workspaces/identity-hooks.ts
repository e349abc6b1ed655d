import type { IdentityHooks } from '../identity/index.ts';
import { workspaceStream } from './events.ts';
import { membershipPart } from './export.ts';
import type { WorkspaceHooks } from './hooks.ts';
import { leaveAll, lockAll } from './leave-all.ts';
import { openWorkspace } from './membership.ts';
import { workspaceIdsOf } from './membership-store.ts';
import { tellProfile } from './sight.ts';
import { holdWorkspaces } from './store.ts';

/** What workspaces do when accounts change: everyone starts with a personal one; their people see new profiles. */
export function workspaceIdentityHooks(hooks: readonly WorkspaceHooks[]): IdentityHooks {
  return {
    async registered(context, account) {
      await openWorkspace(context, hooks, { name: account.name, userId: account.id, personal: true });
    },

    // Held, so that none of them goes while it is told.
    async beforeChanging({ tx }, { userId, wanted: { name, username, avatar } }) {
      if (name === undefined && username === undefined && avatar === undefined) return;
      await holdWorkspaces(tx, await workspaceIdsOf(tx, userId));
    },

    async beforeDeleting({ tx }, userId) {
      await lockAll(tx, userId);
    },

    async deleting(context, shown) {
      await leaveAll(context, hooks, shown);
    },

    exported: (db, userId) => [membershipPart(db, userId)],

    async profileChanged(context, user) {
      for (const workspaceId of await workspaceIdsOf(context.tx, user.id)) {
        context.append(workspaceStream(workspaceId), 'user:updated', { ...user, workspaceId });
      }
      await tellProfile(context, user.id);
    },
  };
}
