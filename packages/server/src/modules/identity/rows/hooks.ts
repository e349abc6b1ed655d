import type { Me, Operation, ParsedInputOf, Preferences, User, users } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import type { Actor } from '../../../platform/operations/actor.ts';
import type { CommandContext } from '../../../platform/operations/context.ts';
import type { ExportPart } from './export-part.ts';

/** What a hook may use of the command that it is part of. What it throws refuses the whole command. */
export interface HookContext
  extends Pick<CommandContext<Operation>, 'tx' | 'append' | 'endStreams' | 'enqueue' | 'now' | 'request'> {
  /** Anonymous during registration. */
  actor: Actor;
}

/** What someone preferred, and prefers from now on. */
export interface PreferencesChange {
  userId: string;
  before: Preferences;
  after: Preferences;
}

/** What other features do when accounts change, inside the transaction of the change. */
export interface IdentityHooks {
  /** An account was made; nobody is signed in to it yet. */
  registered?(context: HookContext, account: Me): Promise<void>;
  /** An account is about to be locked and to go: whatever is locked before accounts is locked now. */
  beforeDeleting?(context: HookContext, userId: string): Promise<void>;
  /**
   * An account goes; it is locked and still as it was. What it is in, it leaves now.
   * @param shown how it will be seen from now on
   */
  deleting?(context: HookContext, shown: User): Promise<void>;
  /** What is kept of somebody elsewhere, for a copy of their data. Nothing is read before it is asked for. */
  exported?(db: Executor, userId: string): ExportPart[];
  /** What others see of a person (name, username, avatar) changed. */
  profileChanged?(context: HookContext, user: User): Promise<void>;
  /** Someone wants to change their profile or preferences: whatever is locked before accounts is locked now. */
  beforeChanging?(
    context: HookContext,
    change: { userId: string; wanted: ParsedInputOf<typeof users.updateMe> },
  ): Promise<void>;
  /** Someone prefers something else than before; their account is locked. */
  preferencesChanged?(context: HookContext, change: PreferencesChange): Promise<void>;
}
