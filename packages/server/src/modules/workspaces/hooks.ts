import type { StreamName, WorkspaceRole } from '@atrium/protocol';

/** Hooks called in the transaction of the change, while the workspace's row is locked. */
declare module '../../platform/module/index.ts' {
  interface Hooks {
    /** A workspace was created, with its creator as the owner (without `workspace:memberJoined`). */
    'workspace:created': { workspaceId: string; userId: string; personal: boolean };
    /** Someone joined. */
    'workspace:memberJoined': { workspaceId: string; userId: string; role: WorkspaceRole };
    /** Someone's role changed. */
    'workspace:roleChanged': { workspaceId: string; userId: string; role: WorkspaceRole; previous: WorkspaceRole };
    /** Someone is being removed; their membership is locked and still exists. */
    'workspace:memberRemoved': { workspaceId: string; userId: string };
    /**
     * The workspace is being deleted; its members are still in it. They get a single event for everything in it: a
     * module that ends streams calls `unfollow` for everyone who follows them.
     */
    'workspace:deleting': { workspaceId: string; unfollow(userId: string, streams: readonly StreamName[]): void };
  }
}
