import type { StreamName, WorkspaceRole } from '@atrium/protocol';
import type { HookContext } from '../identity/index.ts';

/**
 * Called inside the transaction of the change, for features that keep something in workspaces. What they throw undoes
 * the change. The workspace's row is locked by then.
 */
export interface WorkspaceHooks {
  /** A workspace was opened; the creator is in it as its owner (memberJoined is not called for them). */
  created?(context: HookContext, workspace: { workspaceId: string; userId: string; personal: boolean }): Promise<void>;
  /** Someone came in. */
  memberJoined?(
    context: HookContext,
    member: { workspaceId: string; userId: string; role: WorkspaceRole },
  ): Promise<void>;
  /** Someone got another role. */
  roleChanged?(
    context: HookContext,
    member: { workspaceId: string; userId: string; role: WorkspaceRole; previous: WorkspaceRole },
  ): Promise<void>;
  /** Someone goes; their membership is locked and still there. */
  memberRemoved?(context: HookContext, member: { workspaceId: string; userId: string }): Promise<void>;
  /** The account of a bot was deleted, as it left its workspace or that goes: what is kept for it goes too. */
  botRetired?(context: HookContext, bot: { userId: string }): Promise<void>;
  /**
   * The workspace goes, with its members still in it. They are told of that alone, which takes everything in it with it.
   * @returns the streams in it that they followed, by person
   */
  deleting?(context: HookContext, workspace: { workspaceId: string }): Promise<ReadonlyMap<string, StreamName[]>>;
}
