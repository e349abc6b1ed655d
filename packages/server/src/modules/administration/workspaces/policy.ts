import type { AdminWorkspace } from '@atrium/protocol';

/** What an administrator may do with a workspace. A personal one is deleted only with its account. Pure. */
export function adminWorkspaceCanOf({ personal }: { personal: boolean }): AdminWorkspace['can'] {
  return { delete: !personal };
}
