import type { DurableType, EventData, StreamName } from '@atrium/protocol';
import type { Executor } from '../database/index.ts';

/**
 * Bodies of events that are stored as ids and rendered from the current row when read, so that deleted content never
 * comes back. Modules add theirs by declaration merging: `'message:receive': { messageId: string }`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface RenderedBodies {}

/** The stored body of an event: ids for rendered types, the data itself for all others. */
export type EventBody<Type extends DurableType> = Type extends keyof RenderedBodies
  ? RenderedBodies[Type]
  : EventData[Type];

/**
 * What an event does to connections and audiences when the pump reaches it, before any later event is sent.
 * - `join`, `leave`: users who enter or leave this stream's audience; the sockets of those who leave stop following it.
 * - `follow`, `unfollow`: on a user's stream: the user's sockets start or stop following these streams.
 * - `disconnect`: on a user's stream: sessions whose sockets are closed.
 * - `instead`: readers who get other data under the same number.
 * - `fence`: cached audiences of this stream are invalid, although nobody entered or left.
 */
export interface StreamEffect {
  join?: string[];
  leave?: string[];
  follow?: StreamName[];
  unfollow?: StreamName[];
  disconnect?: string[];
  instead?: { users: string[]; data: Record<string, unknown> };
  fence?: true;
}

/** An event before it is numbered. */
export interface NewEvent {
  stream: StreamName;
  type: DurableType;
  actorId: string | null;
  body: Record<string, unknown>;
  effect?: StreamEffect | undefined;
}

/** An event in the log. */
export interface StoredEvent extends NewEvent {
  seq: number;
  at: Date;
}

/**
 * Renders events of one type from the current rows. Returns one entry per event, in order; null if its subject is gone.
 */
export type Renderer<Type extends DurableType> = (
  db: Executor,
  events: readonly (Omit<StoredEvent, 'body'> & { body: EventBody<Type> })[],
) => Promise<(EventData[Type] | null)[]>;

export type Renderers = { [Type in keyof RenderedBodies]?: Renderer<Type & DurableType> };

/**
 * What one reader sees of missed events of one type, if that depends on the state at the time of reading. Returns one
 * entry per event, in order.
 */
export type ReaderView<Type extends DurableType> = (
  db: Executor,
  userId: string,
  events: readonly EventData[Type][],
) => Promise<EventData[Type][]>;

export type ReaderViews = { [Type in DurableType]?: ReaderView<Type> };
