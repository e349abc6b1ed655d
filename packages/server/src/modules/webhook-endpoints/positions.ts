import type { StreamName } from '@atrium/protocol';
import type { StreamRange } from '../../platform/stream/index.ts';
import type { Sources } from './sources.ts';

/** The positions of an endpoint in its streams. */
export interface Standing {
  /** Its position in each stream that it may see. */
  positions: Map<StreamName, number>;
  /** Those that differ from the stored ones. */
  changed: Map<StreamName, number>;
  /** Streams with a stored position that it may no longer see. */
  lost: StreamName[];
}

/**
 * A stream that began after the endpoint was created is sent from its beginning, any other new one from now on. Pruned
 * events are skipped.
 */
export function standingIn(
  sources: Sources,
  { known, ranges, since }: { known: ReadonlyMap<StreamName, number>; ranges: readonly StreamRange[]; since: Date },
): Standing {
  const rangeOf = new Map(ranges.map((range) => [range.name, range]));
  const positions = new Map<StreamName, number>();
  const changed = new Map<StreamName, number>();
  for (const [stream, began] of sources) {
    const { floor, seq } = rangeOf.get(stream) ?? { floor: 0, seq: 0 };
    const start = began !== null && began >= since ? 0 : seq;
    const position = Math.max(known.get(stream) ?? start, floor);
    positions.set(stream, position);
    if (position !== known.get(stream)) changed.set(stream, position);
  }
  return { positions, changed, lost: [...known.keys()].filter((stream) => !sources.has(stream)) };
}

interface Placed {
  meta: { stream: string; at: string };
}

/** Merges the events of several streams by time; those of one stream stay in order, whatever their times. */
export function byTime<Event extends Placed>(events: readonly Event[]): Event[] {
  const latest = new Map<string, string>();
  const timed = events.map((event) => {
    const { at, stream } = event.meta;
    const before = latest.get(stream) ?? '';
    const time = at > before ? at : before;
    latest.set(stream, time);
    return { event, time };
  });
  return timed
    .sort((one, other) => (one.time < other.time ? -1 : Number(one.time > other.time)))
    .map(({ event }) => event);
}
