import type { StreamName } from '@atrium/protocol';
import type { ClientState } from './client-state.ts';
import type { AtriumError } from './error.ts';
import type { ConnectionStatus } from './live/connection.ts';
import type { LiveEvent, VolatileEvent } from './state/event.ts';

/** What a client tells. */
export type ClientEvents = {
  /** Something to be shown has changed; at most once for all that happens together. */
  change: ClientState;
  /** One event of a stream, exactly once and in the order of its stream, after it was applied. */
  event: LiveEvent;
  /** Typing, presence and the like: may be lost. */
  volatile: VolatileEvent;
  /** The state was read anew; what happened in these streams since was not told one by one. */
  reset: readonly StreamName[];
  /** After each connection, once: the state has everything that the server had by then. */
  synced: undefined;
  /** The live connection comes and goes; `error` says why it was refused. */
  status: { status: ConnectionStatus; error: AtriumError | undefined };
  /** Something failed in the background and is being tried again. */
  error: unknown;
};
