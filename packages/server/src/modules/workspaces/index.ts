import './hooks.ts';
import type { Module } from '../../platform/module/index.ts';
import { workspaceAccess, workspaceHolds } from './access.ts';
import { workspaceAudience } from './audience.ts';
import { botOperations } from './bot-operations.ts';
import { workspaceRenderers } from './events.ts';
import { membershipPart } from './export.ts';
import { workspaceListeners } from './identity-hooks.ts';
import { isOpenCode, type JoinDeps, joinOperations } from './join-operations.ts';
import { workspaceTables } from './lifecycle.ts';
import { memberOperations } from './member-operations.ts';
import { retentionOperation } from './retention-operations.ts';
import { workspaceStatesOf } from './state.ts';
import { workspaceOperations } from './workspace-operations.ts';

export { admitToWorkspace } from './admission.ts';
export { type AnyWorkspace, anyWorkspaces, memberPage, roleCounts } from './any-store.ts';
export { joinAsCustomer } from './customers.ts';
export { workspaceStream } from './events.ts';
export { closeWorkspace } from './membership.ts';
export {
  holdMemberships,
  membershipOf,
  membersOf,
  workspaceIdsOf,
  workspaceIdsOfEach,
} from './membership-store.ts';
export {
  adminIdsOf,
  memberByUsername,
  memberIdsNamed,
  type Roles,
  rolesOf,
  sharedWorkspaces,
  workspaceIdsAs,
} from './people-store.ts';
export { isVisitor } from './policy.ts';
export { holdWorkspaces, lockWorkspace, personalWorkspaceOf, workspacesById } from './store.ts';
export { announcePeople } from './visibility.ts';
export { isVisiting, seenBy, visitorsWhoSee } from './visibility-store.ts';

/** Workspaces and their members. */
export function workspacesModule(deps: JoinDeps): Module {
  return {
    name: 'workspaces',
    operations: [
      ...workspaceOperations(),
      ...memberOperations(),
      ...botOperations(),
      ...joinOperations(deps),
      retentionOperation,
    ],
    access: workspaceAccess,
    holds: workspaceHolds,
    audiences: [workspaceAudience],
    renderers: workspaceRenderers,
    snapshot: { workspaces: workspaceStatesOf },
    on: workspaceListeners,
    services: { invitations: { isOpenCode } },
    tables: workspaceTables,
    personalData: (db, userId) => [membershipPart(db, userId)],
  };
}
