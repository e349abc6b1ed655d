import { patch } from './by-id.ts';
import { typing } from './chat/typing.ts';
import { counters } from './counters.ts';
import type { VolatileEvent } from './event.ts';
import { presence } from './presence.ts';
import type { Intersection } from './slice.ts';
import { ticks } from './ticks.ts';
import type { VolatileSlice } from './volatile-slice.ts';

/** The slices of the volatile state: one line per feature that has one. */
const slices = [typing, presence, ticks, counters] as const;

type Slices = (typeof slices)[number];

/** State from volatile events, which expires. It is kept beside the live state. */
export type VolatileState = Intersection<ReturnType<Slices['empty']>>;

type AnySlice = VolatileSlice<Partial<VolatileState>>;
type AnyReducer = (state: VolatileState, data: unknown) => Partial<VolatileState> | undefined;
const all = slices as readonly unknown[] as readonly AnySlice[];

export const noVolatileState = Object.assign({}, ...all.map((slice) => slice.empty())) as VolatileState;

/** The state after a volatile event; the same object if nothing changes. */
export function applyVolatile<State extends VolatileState>(state: State, { data, type }: VolatileEvent): State {
  return all.reduce((after, { reducers }) => {
    const reducer = (Object.hasOwn(reducers, type) ? reducers[type] : undefined) as AnyReducer | undefined;
    return patch(after, { ...reducer?.(after, data) } as Partial<State>);
  }, state);
}

/** Removes what has expired; the same object if nothing has. */
export function expire<State extends VolatileState>(state: State, now: number): State {
  return all.reduce((after, slice) => patch(after, { ...slice.expire?.(after, now) } as Partial<State>), state);
}

/** When the next part expires, in milliseconds of the server's clock; undefined: none does. */
export function nextEnd(state: VolatileState): number | undefined {
  const ends = all.flatMap((slice) => slice.nextEnd?.(state) ?? []);
  return ends.length > 0 ? Math.min(...ends) : undefined;
}
