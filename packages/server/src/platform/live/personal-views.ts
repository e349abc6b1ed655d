import type { LiveEvent } from '../stream/index.ts';

/**
 * How an event looks to one reader, where it does not look the same to all; the same object for all others.
 * Keeps the number, so that the reader's count goes on.
 */
export type PersonalView = (userId: string, data: Record<string, unknown>) => Record<string, unknown>;

/** The few event types that not everyone sees alike. */
export class PersonalViews {
  private readonly views: ReadonlyMap<string, PersonalView>;

  constructor(views: Readonly<Record<string, PersonalView>>) {
    this.views = new Map(Object.entries(views));
  }

  /** The events as this reader sees them; the very same array when nothing differs, so that it is encoded once. */
  of(userId: string, events: readonly LiveEvent[]): readonly LiveEvent[] {
    if (!events.some((event) => this.views.has(event.type))) return events;
    const mine = events.map((event) => this.viewOf(userId, event));
    return mine.every((event, at) => event === events[at]) ? events : mine;
  }

  private viewOf(userId: string, event: LiveEvent): LiveEvent {
    const data = this.views.get(event.type)?.(userId, event.data) ?? event.data;
    return data === event.data ? event : { ...event, data };
  }
}
