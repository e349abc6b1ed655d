import type { Executor } from '../database/index.ts';
import type { ReaderViews } from './event.ts';
import type { LiveEvent } from './live-event.ts';

/** Events as one reader sees them. Returns the same array if nothing differs, so that it is encoded once for all. */
export function viewFor(userId: string, events: readonly LiveEvent[]): readonly LiveEvent[] {
  if (!events.some(({ effect }) => effect?.instead?.users.includes(userId))) return events;
  return events.map((event) => {
    const instead = event.effect?.instead;
    return instead?.users.includes(userId) ? { ...event, data: instead.data } : event;
  });
}

/** A view with an erased event type; it only ever receives data of its own type. */
type AnyView = (
  db: Executor,
  userId: string,
  events: readonly Record<string, unknown>[],
) => Promise<Record<string, unknown>[]>;

/** Missed events as a reader may see them now; with one call of each view. Keeps the order. */
export async function missedViewFor(
  db: Executor,
  views: ReaderViews,
  userId: string,
  events: readonly LiveEvent[],
): Promise<readonly LiveEvent[]> {
  const seen = new Map<LiveEvent, LiveEvent>();
  for (const [type, view] of Object.entries(views as unknown as Record<string, AnyView>)) {
    const ofType = events.filter((event) => event.type === type);
    if (ofType.length === 0) continue;
    const data = await view(
      db,
      userId,
      ofType.map((event) => event.data),
    );
    for (const [at, event] of ofType.entries()) seen.set(event, { ...event, data: data[at] ?? {} });
  }
  return events.map((event) => seen.get(event) ?? event);
}
