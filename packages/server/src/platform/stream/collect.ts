import type { DurableType, StreamName } from '@atrium/protocol';
import type { Transaction } from '../database/index.ts';
import type { EventBody, NewEvent, StoredEvent, StreamEffect } from './event.ts';
import { appendEvents, deleteStreams, lockStreams } from './store.ts';

/** Adds an event to a stream; it gets its number when the transaction ends. */
export type Append = <Type extends DurableType>(
  stream: StreamName,
  type: Type,
  body: EventBody<Type>,
  effect?: StreamEffect,
) => void;

/** Ends streams when the transaction ends: what they told about is gone. */
export type EndStreams = (streams: readonly StreamName[]) => void;

/** Streams that one statement ends. */
const AT_ONCE = 1_000;

/**
 * Keeps the events of one transaction until its end, and which streams end with it, so that the streams' rows are locked
 * last and shortest.
 */
export function collectEvents(actorId: string | null): {
  append: Append;
  endStreams: EndStreams;
  /** Numbers and writes what was appended, and ends streams; make it the last statement. */
  write(tx: Transaction): Promise<StoredEvent[]>;
} {
  const events: NewEvent[] = [];
  const ended = new Set<StreamName>();
  return {
    append(stream, type, body, effect) {
      events.push({ stream, type, actorId, body, effect });
    },
    endStreams(streams) {
      for (const stream of streams) ended.add(stream);
    },
    async write(tx) {
      if (ended.size === 0) return appendEvents(tx, events);
      const names = [...ended];
      // Those that end and those that go on have one order, or two who do both would wait for each other.
      await lockStreams(tx, [...new Set([...names, ...events.map(({ stream }) => stream)])]);
      const stored = await appendEvents(tx, events);
      for (let at = 0; at < names.length; at += AT_ONCE) await deleteStreams(tx, names.slice(at, at + AT_ONCE));
      return stored;
    },
  };
}
