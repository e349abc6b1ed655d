import type { InputOf, Message, Operation, OutputOf } from '@atrium/protocol';
import type { Executor } from '../../platform/database/index.ts';

/** What a command gets when somebody typed it. */
export interface SlashCall {
  /** What stands behind the name, without the spaces around it; may be empty. */
  args: string;
  userId: string;
  /** Where it was typed. */
  conversationId: string;
  workspaceId: string;
  clientMessageId: string;
  /** Only to look things up. */
  db: Executor;
  /**
   * Carries out an operation as the person who typed, with all that it checks: this is the only way in which a command
   * does something. Once for each intent, however often that is sent, so a command calls each operation at most once.
   */
  call<Op extends Operation>(operation: Op, input: InputOf<Op>): Promise<OutputOf<Op>>;
}

/** What a command answers. */
export interface SlashAnswer {
  /** What it said for the person. */
  message?: Message;
  /** A line for the person alone. */
  notice?: string;
}

/** A command that people type: `/name …`. */
export interface SlashCommand {
  /** Small letters, digits and dashes, without the slash. */
  name: string;
  /** What goes behind the name, as in `@user`. */
  args: string;
  /** One line that says what it does. */
  summary: string;
  /** False: nothing needs to stand behind the name. */
  needsArgs: boolean;
  /** Throws what the operations throw that it calls, and `invalid_input` for `text` when the arguments make no sense. */
  run(call: SlashCall): Promise<SlashAnswer>;
}
