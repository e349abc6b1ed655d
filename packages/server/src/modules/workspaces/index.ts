import type { Module } from '../../platform/operations/module.ts';
import { workspaceAccess } from './access.ts';
import { workspaceAudience } from './audience.ts';
import { botOperations } from './bot-operations.ts';
import { workspaceRenderers } from './events.ts';
import type { WorkspaceHooks } from './hooks.ts';
import { joinOperations } from './join-operations.ts';
import { memberOperations } from './member-operations.ts';
import { workspaceOperations } from './operations.ts';
import { retentionOperation } from './retention-operation.ts';

export { workspaceStream } from './events.ts';
export type { WorkspaceHooks } from './hooks.ts';
export { workspaceIdentityHooks } from './identity-hooks.ts';
export {
  holdMemberships,
  membershipOf,
  workspaceIdsOfEach,
} from './membership-store.ts';
export { adminIdsOf, memberCalled, rolesOf, sharedWorkspaces } from './people-store.ts';
export { isVisitor } from './policy.ts';
export { tellPeople } from './sight.ts';
export { seenBy, visitorsSeeing, visits } from './sight-store.ts';
export { workspaceStatesOf } from './state.ts';

/** Workspaces and the people in them. */
export function workspacesModule(deps: {
  /** What other features do when workspaces change, in this order. */
  hooks: readonly WorkspaceHooks[];
  /** Where links in mails point, without a path. */
  appUrl: string;
}): Module {
  return {
    name: 'workspaces',
    operations: [
      ...workspaceOperations(deps.hooks),
      ...memberOperations(deps.hooks),
      ...botOperations(deps.hooks),
      ...joinOperations(deps),
      retentionOperation,
    ],
    access: workspaceAccess,
    audiences: [workspaceAudience],
    renderers: workspaceRenderers,
  };
}
