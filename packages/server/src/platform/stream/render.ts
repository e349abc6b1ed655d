import type { Executor } from '../database/index.ts';
import type { Renderers } from './event.ts';
import { type CommittedEvent, type LiveEvent, toLiveEvent } from './live-event.ts';

/** A renderer with an erased event type; it only ever receives events of its own type. */
type AnyRenderer = (db: Executor, events: readonly CommittedEvent[]) => Promise<(Record<string, unknown> | null)[]>;

/** True if the event can be shown without the database. */
export function isReady(event: CommittedEvent, renderers: Renderers): boolean {
  return event.data !== undefined || !(event.type in renderers);
}

/** Converts an event that is ready. */
export function showReady(event: CommittedEvent): LiveEvent {
  return toLiveEvent(event, event.data ?? event.body);
}

/**
 * Renders events, with one query per type.
 * @returns in the given order
 */
export async function renderEvents(
  db: Executor,
  renderers: Renderers,
  events: readonly CommittedEvent[],
): Promise<LiveEvent[]> {
  const shown = new Map<CommittedEvent, LiveEvent>();
  const waiting = new Map<string, CommittedEvent[]>();
  for (const event of events) {
    if (isReady(event, renderers)) shown.set(event, showReady(event));
    else waiting.set(event.type, [...(waiting.get(event.type) ?? []), event]);
  }
  for (const [type, group] of waiting) {
    const render = (renderers as Record<string, AnyRenderer>)[type];
    if (render === undefined) throw new Error(`No renderer for ${type}`);
    const data = await render(db, group);
    for (const [at, event] of group.entries()) shown.set(event, toLiveEvent(event, data[at] ?? null));
  }
  return events.flatMap((event) => shown.get(event) ?? []);
}
