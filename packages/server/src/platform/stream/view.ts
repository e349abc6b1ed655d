import type { LiveEvent } from './live-event.ts';

/** Events as one reader sees them. Returns the same array if nothing differs, so that it is encoded once for all. */
export function viewFor(userId: string, events: readonly LiveEvent[]): readonly LiveEvent[] {
  if (!events.some(({ effect }) => effect?.instead?.users.includes(userId))) return events;
  return events.map((event) => {
    const instead = event.effect?.instead;
    return instead?.users.includes(userId) ? { ...event, data: instead.data } : event;
  });
}
