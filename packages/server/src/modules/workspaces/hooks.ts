import type { StreamName, WorkspaceRole } from '@atrium/protocol';

/** What is told inside the transaction of the change. The workspace's row is locked by then. */
declare module '../../platform/module/index.ts' {
  interface Hooks {
    /** A workspace was opened; the creator is in it as its owner (`workspace:memberJoined` is not told of them). */
    'workspace:created': { workspaceId: string; userId: string; personal: boolean };
    /** Someone came in. */
    'workspace:memberJoined': { workspaceId: string; userId: string; role: WorkspaceRole };
    /** Someone got another role. */
    'workspace:roleChanged': { workspaceId: string; userId: string; role: WorkspaceRole; previous: WorkspaceRole };
    /** Someone goes; their membership is locked and still there. */
    'workspace:memberRemoved': { workspaceId: string; userId: string };
    /**
     * The workspace goes, with its members still in it. They are told of that alone, which takes everything in it with
     * it: a module that ends streams in it calls `unfollow` for everybody who follows them.
     */
    'workspace:deleting': { workspaceId: string; unfollow(userId: string, streams: readonly StreamName[]): void };
  }
}
