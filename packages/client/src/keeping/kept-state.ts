import type { User } from '@atrium/protocol';
import type { LiveState } from '../state/live-state.ts';

/** A stored live state of one user with its position in each stream. Plain JSON data. */
export interface KeptState {
  /** Identifies the version of the SDK; states of other versions are ignored. */
  readonly format: string;
  readonly userId: string;
  /** The epoch of the positions. */
  readonly epoch: string;
  /** By stream: the last applied event. */
  readonly positions: Readonly<Record<string, number>>;
  readonly state: LiveState;
  /** Profiles of former members. */
  readonly people: readonly User[];
}

/** Persistent storage for the state, such as IndexedDB. It belongs to one account on one server. */
export interface StateStorage {
  /** Undefined: nothing is stored. */
  load(): Promise<KeptState | undefined>;
  /** Replaces the stored state. */
  save(kept: KeptState): Promise<void>;
  clear(): Promise<void>;
}
