import type { DurableType, StreamName } from '@atrium/protocol';
import type { Transaction } from '../database/index.ts';
import type { EventBody, NewEvent, StoredEvent, StreamEffect } from './event.ts';
import { appendEvents } from './store.ts';

/** Adds an event to a stream; it gets its number when the transaction ends. */
export type Append = <Type extends DurableType>(
  stream: StreamName,
  type: Type,
  body: EventBody<Type>,
  effect?: StreamEffect,
) => void;

/** Keeps the events of one transaction until its end, so that the streams' rows are locked last and shortest. */
export function collectEvents(actorId: string | null): {
  append: Append;
  /** Numbers and writes what was appended; make it the last statement. */
  write(tx: Transaction): Promise<StoredEvent[]>;
} {
  const events: NewEvent[] = [];
  return {
    append(stream, type, body, effect) {
      events.push({ stream, type, actorId, body, effect });
    },
    write: (tx) => appendEvents(tx, events),
  };
}
