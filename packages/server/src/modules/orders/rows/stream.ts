import type { StreamName } from '@atrium/protocol';

/** The stream of the desk of a workspace. */
export function deskStream(workspaceId: string): StreamName {
  return `desk:${workspaceId}`;
}
