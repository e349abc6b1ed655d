import type { User } from '@atrium/protocol';
import type { LiveState } from '../state/live-state.ts';

/** The live state of one person as it was at some moment, with its place in each stream. Plain data, as JSON can carry. */
export interface KeptState {
  /** Tells states of other versions of the SDK apart: they are not taken up. */
  readonly format: string;
  readonly userId: string;
  /** Of the log that the positions are in. */
  readonly epoch: string;
  /** By stream: the last event that the state has. */
  readonly positions: Readonly<Record<string, number>>;
  readonly state: LiveState;
  /** Profiles of people who are no longer among the members. */
  readonly people: readonly User[];
}

/** Where the state survives the end of the program, as in IndexedDB. It belongs to one account on one server. */
export interface StateStorage {
  /** undefined: nothing is kept. */
  load(): Promise<KeptState | undefined>;
  /** Replaces what was kept. */
  save(kept: KeptState): Promise<void>;
  clear(): Promise<void>;
}
