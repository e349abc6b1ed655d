import type { DurableType, EventMeta } from '@atrium/protocol';
import type { StoredEvent, StreamEffect } from './event.ts';

/** An event as clients see it. The same object goes to all readers who see it alike, so that it is encoded once. */
export interface LiveEvent {
  readonly type: DurableType;
  readonly data: Record<string, unknown>;
  readonly meta: EventMeta;
  readonly effect: StreamEffect | undefined;
}

/** What the committing node hands over: the event, and its data where that is already at hand. */
export interface CommittedEvent extends StoredEvent {
  data?: Record<string, unknown> | undefined;
}

/** Joins a stored event with the data that it shows now; without any, its subject is gone and only the count goes on. */
export function toLiveEvent(event: StoredEvent, data: Record<string, unknown> | null): LiveEvent {
  return {
    type: data === null ? 'stream:skipped' : event.type,
    data: data ?? {},
    meta: { stream: event.stream, seq: event.seq, at: event.at.toISOString(), actorId: event.actorId },
    effect: event.effect,
  };
}
