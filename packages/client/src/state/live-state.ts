import type { DurableType, EventMeta, Snapshot, StreamName } from '@atrium/protocol';
import { analytics } from './analytics.ts';
import { patch } from './by-id.ts';
import { catalog } from './catalog.ts';
import { chat } from './chat/index.ts';
import type { LiveEvent } from './event.ts';
import { files } from './files.ts';
import { identity } from './identity.ts';
import { notifications } from './notifications.ts';
import { orders } from './orders.ts';
import { reminders } from './reminders.ts';
import { shareEqual } from './share.ts';
import type { Intersection, OpenedStream, Slice } from './slice.ts';
import { streams } from './streams.ts';
import { tasks } from './tasks.ts';
import { timers } from './timers.ts';
import { workspaces } from './workspaces.ts';

/** The slices of the state: one line per feature. */
const slices = [
  identity,
  workspaces,
  chat,
  tasks,
  files,
  timers,
  analytics,
  catalog,
  orders,
  notifications,
  reminders,
  streams,
] as const;

type Slices = (typeof slices)[number];

/** Everything the signed-in user sees. Immutable: an unchanged part stays the same object. */
export type LiveState = Intersection<ReturnType<Slices['fromSnapshot']>>;

type AnySlice = Slice<Partial<LiveState>>;
type AnyReducer = (state: LiveState, data: unknown, meta: EventMeta) => Partial<LiveState> | undefined;
type HandledType<Each = Slices> = Each extends { reducers: infer Reducers } ? keyof Reducers : never;

/** All reducers of each event type. Does not compile if a durable event has none: the error contains its name. */
const reducers: Record<DurableType, readonly AnyReducer[]> = collect('reducers') as Record<HandledType, AnyReducer[]>;
const opens = collect('opens') as Record<string, ((data: unknown) => OpenedStream)[]>;
const closes = collect('closes') as Record<string, ((data: unknown, before: LiveState) => StreamName[])[]>;

/** Collects one field of all slices, by the type of the event. */
function collect(name: 'reducers' | 'opens' | 'closes'): Record<string, unknown[]> {
  const found: Record<string, unknown[]> = {};
  for (const slice of slices as readonly AnySlice[]) {
    for (const [type, value] of Object.entries(slice[name] ?? {})) {
      found[type] = [...(found[type] ?? []), value];
    }
  }
  return found;
}

/** Before the first snapshot. */
export const emptyState = merge((slice) => slice.empty);

/** Raised if stored states of the previous version can no longer be used although they have the same fields. */
const FORMAT = 1;

/** Identifies the fields and events of a stored state: one with others would be incomplete. */
export const stateFormat = [FORMAT, ...Object.keys(emptyState), ...Object.keys(reducers)].join(' ');

/** The state of a snapshot; no history is loaded. */
export function fromSnapshot(snapshot: Snapshot): LiveState {
  return merge((slice) => slice.fromSnapshot(snapshot));
}

/**
 * The state after an event. Pure; returns the same object if nothing changes. Events must come in the order of their
 * stream; the order between streams does not matter.
 * Unknown types (from a newer server) change nothing.
 */
export function apply<State extends LiveState>(state: State, { data, meta, type }: LiveEvent): State {
  const known: readonly AnyReducer[] = Object.hasOwn(reducers, type) ? reducers[type] : [];
  return known.reduce((after, reducer) => patch(after, { ...reducer(state, data, meta) } as Partial<State>), state);
}

/** The stream that an event opens. */
export function openedBy({ data, type }: LiveEvent): OpenedStream | undefined {
  return opens[type]?.[0]?.(data);
}

/** The streams that can no longer be read after an event. */
export function closedBy({ data, type }: LiveEvent, before: LiveState): StreamName[] {
  return (closes[type] ?? []).flatMap((streamsOf) => streamsOf(data, before));
}

/** The state without the data of a stream that can no longer be read. */
export function forget(state: LiveState, stream: StreamName): LiveState {
  return { ...state, ...merge((slice) => slice.forget?.(state, stream) ?? {}) };
}

/** The state of a new snapshot, with loaded parts that are still complete; equal parts stay the same objects. */
export function renew(before: LiveState, snapshot: Snapshot, moved: ReadonlySet<StreamName>): LiveState {
  const kept = merge((slice) => slice.keep?.(before, moved) ?? {});
  return shareEqual(before, { ...fromSnapshot(snapshot), ...kept });
}

/** The part of the state that is stored for a start without a connection. */
export function toPersist(state: LiveState): LiveState {
  return { ...state, ...merge((slice) => slice.persist?.(state) ?? {}) };
}

function merge(part: (slice: AnySlice) => Partial<LiveState>): LiveState {
  return Object.assign({}, ...(slices as readonly AnySlice[]).map(part)) as LiveState;
}
