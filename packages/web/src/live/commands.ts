import { AtriumError, type InputNamed, type OperationName, type OutputNamed } from '@atrium/client';
import { client } from './client.ts';
import { type Patch, showPatch } from './overlay.ts';
import { perform } from './perform.ts';

/** How a command of a feature behaves on the screen. */
export interface CommandSpec<Name extends OperationName> {
  /** What it changes, shown at once and taken back when it is refused. */
  shows?: (input: InputNamed<Name>) => readonly Patch[];
  /** May wait for the connection; otherwise it fails at once while there is none. */
  queues?: boolean;
  /** Told of a refusal, after what was shown is taken back. */
  refused?: (error: AtriumError, input: InputNamed<Name>) => void;
}

/** Carries a command out. Resolves to undefined when it was refused and `refused` has seen to that. */
export type Command<Name extends OperationName> = (input: InputNamed<Name>) => Promise<OutputNamed<Name> | undefined>;

/**
 * Makes a function of an operation that changes something. It shows the change before the server has answered, where
 * `shows` says what that is; a refusal takes it back and goes to `refused`, or is thrown where there is none.
 */
export function command<Name extends OperationName>(name: Name, spec: CommandSpec<Name> = {}): Command<Name> {
  return async (input) => {
    const shown = (spec.shows?.(input) ?? []).map(showPatch);
    try {
      const output = spec.queues ? await perform(name, input) : await client.call(name, input);
      for (const { confirm } of shown) confirm();
      return output;
    } catch (error) {
      for (const { undo } of shown) undo();
      if (!(error instanceof AtriumError) || !spec.refused) throw error;
      spec.refused(error, input);
      return undefined;
    }
  };
}
