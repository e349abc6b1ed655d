import type { Listeners } from '../../platform/module/index.ts';
import { workspaceStream } from './events.ts';
import { leaveAll, lockAll } from './leave-all.ts';
import { openWorkspace } from './membership.ts';
import { workspaceIdsOf } from './membership-store.ts';
import { holdWorkspaces } from './store.ts';
import { announceProfile } from './visibility.ts';

/** What workspaces do when accounts change: a new account gets a personal workspace; profile changes are announced. */
export const workspaceListeners: Listeners = {
  async 'account:registered'(work, { account }) {
    await openWorkspace(work, { name: account.name, userId: account.id, personal: true });
  },

  // Locked, so that none of them is removed in the meantime.
  async 'account:beforeUpdate'({ tx }, { userId, wanted: { name, username, avatar } }) {
    if (name === undefined && username === undefined && avatar === undefined) return;
    await holdWorkspaces(tx, await workspaceIdsOf(tx, userId));
  },

  async 'account:beforeDelete'({ tx }, { userId }) {
    await lockAll(tx, userId);
  },

  async 'account:deleting'(work, { shown }) {
    await leaveAll(work, shown);
  },

  async 'account:profileChanged'(work, { user }) {
    for (const workspaceId of await workspaceIdsOf(work.tx, user.id)) {
      work.append(workspaceStream(workspaceId), 'user:updated', { id: user.id, workspaceId });
    }
    await announceProfile(work, user.id);
  },
};
