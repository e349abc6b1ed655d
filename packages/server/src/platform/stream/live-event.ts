import type { DurableType, EventMeta } from '@atrium/protocol';
import type { StoredEvent, StreamEffect } from './event.ts';

/** An event as clients receive it. All readers who see it alike share one object, so that it is encoded once. */
export interface LiveEvent {
  readonly type: DurableType;
  readonly data: Record<string, unknown>;
  readonly meta: EventMeta;
  readonly effect: StreamEffect | undefined;
}

/** What the committing node passes on: the event, and its data if already at hand. */
export interface CommittedEvent extends StoredEvent {
  data?: Record<string, unknown> | undefined;
}

/** Combines a stored event with its rendered data; without data its subject is gone, and only the position advances. */
export function toLiveEvent(event: StoredEvent, data: Record<string, unknown> | null): LiveEvent {
  return {
    type: data === null ? 'stream:skipped' : event.type,
    data: data ?? {},
    meta: { stream: event.stream, seq: event.seq, at: event.at.toISOString(), actorId: event.actorId },
    effect: event.effect,
  };
}
