import type { DurableType, EventData, EventMeta, Snapshot, StreamName } from '@atrium/protocol';

/**
 * What an event changes; undefined: nothing. Pure; leaves as the same object whatever does not change.
 * Events come in the order of their stream; the order between streams does not matter.
 */
export type Reducer<State, Change, Type extends DurableType> = (
  state: State,
  data: EventData[Type],
  meta: EventMeta,
) => Partial<Change> | undefined;

/** By the type of the event. */
type ByType<Value extends { [Type in DurableType]: unknown }> = { [Type in DurableType]?: Value[Type] };

export type Reducers<Own, Needs = unknown> = ByType<{
  [Type in DurableType]: Reducer<Own & Needs, Own, Type>;
}>;

/** A stream that one may read from a position on; null: one is in, but with this role may not read it. */
export interface OpenedStream {
  stream: StreamName;
  asOf: number | null;
}

/**
 * The part of the live state that belongs to one feature.
 * @typeParam Own its part of the state, with fields of no other feature
 * @typeParam Needs parts of others that its reducers read
 */
export interface Slice<Own extends object, Needs = unknown> {
  /** Before the first snapshot. */
  empty: Own;
  /** Its part of a fresh snapshot. */
  fromSnapshot(snapshot: Snapshot): Own;
  /** For its events, and for those of other features that change its part too. All see the state before the event. */
  reducers: Reducers<Own, Needs>;
  /** Events that bring along the state of another stream. */
  opens?: ByType<{ [Type in DurableType]: (data: EventData[Type]) => OpenedStream }>;
  /** Events after which streams can no longer be read. */
  closes?: ByType<{ [Type in DurableType]: (data: EventData[Type], before: Own) => StreamName[] }>;
  /** What to drop together with a stream that can no longer be read. */
  forget?(state: Own, stream: StreamName): Partial<Own>;
  /**
   * What was loaded beside the snapshot and is still complete after a new one.
   * @param moved streams with events that were not received one by one
   */
  keep?(before: Own, moved: ReadonlySet<StreamName>): Partial<Own>;
  /** What is stored for a start without a connection, where that is less than all of it. */
  persist?(state: Own): Partial<Own>;
}

/** For events that close connections or only keep the count. */
export const unchanged = (): undefined => undefined;

/** An object with the fields of each member of a union. */
export type Intersection<Union> = (Union extends unknown ? (of: Union) => void : never) extends (of: infer All) => void
  ? All
  : never;
