import type { StreamName } from '@atrium/protocol';
import type { ClientState } from './client-state.ts';
import type { AtriumError } from './error.ts';
import type { ConnectionStatus } from './live/connection.ts';
import type { LiveEvent, VolatileEvent } from './state/event.ts';

/** The events of a client. */
export type ClientEvents = {
  /** The state changed; emitted once for simultaneous changes. */
  change: ClientState;
  /** An event of a stream, after it was applied; exactly once, in the order of its stream. */
  event: LiveEvent;
  /** A volatile event, such as typing or presence; it may be lost. */
  volatile: VolatileEvent;
  /** The state was replaced by a snapshot; the missed events of these streams are not emitted. */
  reset: readonly StreamName[];
  /** Emitted once after each connection: the state is up to date. */
  synced: undefined;
  /** The status of the live connection changed; `error` is the reason of a refusal. */
  status: { status: ConnectionStatus; error: AtriumError | undefined };
  /** Something failed in the background and is being retried. */
  error: unknown;
};
