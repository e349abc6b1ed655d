import type { DurableType, StreamName } from '@atrium/protocol';
import type { Transaction } from '../database/index.ts';
import type { EventBody, NewEvent, StoredEvent, StreamEffect } from './event.ts';
import { appendEvents, deleteStreams, lockStreams } from './store.ts';

/** Adds an event to a stream; it is numbered at the end of the transaction. */
export type Append = <Type extends DurableType>(
  stream: StreamName,
  type: Type,
  body: EventBody<Type>,
  effect?: StreamEffect,
) => void;

/** Ends streams at the end of the transaction, since their subject is gone. */
export type EndStreams = (streams: readonly StreamName[]) => void;

/** Number of streams that one statement ends. */
const AT_ONCE = 1_000;

/**
 * Collects the events of one transaction until its end, and the streams that end with it, so that the rows of the
 * streams are locked last and for the shortest time.
 */
export function collectEvents(): {
  appendAs(actorId: string | null): Append;
  endStreams: EndStreams;
  /**
   * Numbers and writes the collected events, and ends streams. Must be the last statement of the transaction.
   * @param at when they happened
   */
  write(tx: Transaction, at?: Date): Promise<StoredEvent[]>;
} {
  const events: NewEvent[] = [];
  const ended = new Set<StreamName>();
  return {
    appendAs: (actorId) => (stream, type, body, effect) => {
      events.push({ stream, type, actorId, body, effect });
    },
    endStreams(streams) {
      for (const stream of streams) ended.add(stream);
    },
    async write(tx, at) {
      if (ended.size === 0) return appendEvents(tx, events, at);
      const names = [...ended];
      // Streams that end and streams that go on are locked in one order; otherwise two such transactions could
      // deadlock.
      await lockStreams(tx, [...new Set([...names, ...events.map(({ stream }) => stream)])]);
      const stored = await appendEvents(tx, events, at);
      for (let at = 0; at < names.length; at += AT_ONCE) await deleteStreams(tx, names.slice(at, at + AT_ONCE));
      return stored;
    },
  };
}
