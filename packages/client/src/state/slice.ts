import type { DurableType, EventData, EventMeta, Snapshot, StreamName } from '@atrium/protocol';

/**
 * The change by an event; undefined: none. Pure; unchanged parts stay the same object.
 * Events come in the order of their stream; the order between streams does not matter.
 */
export type Reducer<State, Change, Type extends DurableType> = (
  state: State,
  data: EventData[Type],
  meta: EventMeta,
) => Partial<Change> | undefined;

/** By event type. */
type ByType<Value extends { [Type in DurableType]: unknown }> = { [Type in DurableType]?: Value[Type] };

export type Reducers<Own, Needs = unknown> = ByType<{
  [Type in DurableType]: Reducer<Own & Needs, Own, Type>;
}>;

/** A stream that can be read from a position on; null: the user is a member, but may not read it with this role. */
export interface OpenedStream {
  stream: StreamName;
  asOf: number | null;
}

/**
 * The part of the live state that belongs to one feature.
 * @typeParam Own its part of the state; its fields differ from those of other features
 * @typeParam Needs parts of others that its reducers read
 */
export interface Slice<Own extends object, Needs = unknown> {
  /** Before the first snapshot. */
  empty: Own;
  /** Its part of a new snapshot. */
  fromSnapshot(snapshot: Snapshot): Own;
  /** For its events, and for those of other features that change its part too. All get the state before the event. */
  reducers: Reducers<Own, Needs>;
  /** Events that open another stream and contain its state. */
  opens?: ByType<{ [Type in DurableType]: (data: EventData[Type]) => OpenedStream }>;
  /** Events after which streams can no longer be read. */
  closes?: ByType<{ [Type in DurableType]: (data: EventData[Type], before: Own) => StreamName[] }>;
  /** Drops the data of a stream that can no longer be read. */
  forget?(state: Own, stream: StreamName): Partial<Own>;
  /**
   * Loaded parts that are still complete after a new snapshot.
   * @param moved streams with events that were not received one by one
   */
  keep?(before: Own, moved: ReadonlySet<StreamName>): Partial<Own>;
  /** What is stored for a start without a connection, if not everything. */
  persist?(state: Own): Partial<Own>;
}

/** For events that close connections or only advance the position. */
export const unchanged = (): undefined => undefined;

/** An object with the fields of each member of a union. */
export type Intersection<Union> = (Union extends unknown ? (of: Union) => void : never) extends (of: infer All) => void
  ? All
  : never;
