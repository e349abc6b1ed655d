import type { StreamName } from '@atrium/protocol';
import type { StreamRange } from '../../platform/stream/index.ts';
import type { Sources } from './sources.ts';

/** Where an endpoint stands in its streams. */
export interface Standing {
  /** Its position in each stream that it may see. */
  positions: Map<StreamName, number>;
  /** Those of them that are not stored like that. */
  changed: Map<StreamName, number>;
  /** Streams with a stored position that it may not see any more. */
  lost: StreamName[];
}

/**
 * A stream that began after the endpoint was made is sent from its beginning, any other new one from now on. What has
 * been pruned is passed over.
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

/** Events of several streams by their time; those of one stream stay in their order, whatever their times are. */
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
