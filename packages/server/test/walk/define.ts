import type { SharedWorld } from './shared-world.ts';

/** A caller in the table. */
export interface WalkCaller {
  userId: string;
  token: string | undefined;
  /** A second session of the same user. */
  otherSessionId: string;
  apiTokenId: string;
}

/** Valid input for a row; `caller` is the user who will send it. */
export type InputFor<Fixtures = unknown> = (
  world: SharedWorld & Fixtures,
  caller: WalkCaller,
) => Record<string, unknown>;

/** Who may call the operations of a feature, and how to call them. */
export interface FeatureWalk<Fixtures = unknown> {
  /**
   * One row for each operation, and more if the outcome depends on its input: `operation / variant`
   * and an outcome for each role, in the order of `roles`.
   *
   *   ok    done                             404   not visible: the same answer as for a thing that does not exist
   *   401   sign in first                    403   visible, but not permitted
   *   unv   verify the e-mail address first  else  the code of the refusal
   *
   * The object belongs to workspace W or its private channel, the person is a colleague who is in both; their twins are
   * in workspace V.
   */
  table: string;
  /** Creates what the inputs need in addition to the shared world: once, before any call. */
  prepare?: (world: SharedWorld) => Promise<Fixtures>;
  /** A valid input for each row, by its title. */
  inputs: Record<string, InputFor<Fixtures>>;
}

/** Checks a feature's walk against the types. */
export function defineWalk<Fixtures = unknown>(walk: FeatureWalk<Fixtures>): FeatureWalk {
  return walk as FeatureWalk;
}
