import type { PresenceStatus } from '@atrium/protocol';

/** A status that people choose; `online` follows the connections. */
export type ChosenStatus = Exclude<PresenceStatus, 'offline'>;

/** How long someone may be disconnected before it is announced: a reload or a change of network takes less. */
export const GRACE_MS = 3_000;
/** Minimum time between two announcements about one person. */
export const INTERVAL_MS = 1_000;

/** The state of one person. Times are milliseconds since 1970. */
export interface PersonState {
  /** Devices with an open connection. */
  devices: number;
  chosen: ChosenStatus;
  /** When the chosen status expires; null: never. */
  until: number | null;
  /** When the last connection closed; null: never connected. Meaningless while there are connections. */
  lastSeen: number | null;
  /** The status last announced. */
  told: PresenceStatus;
  /** The announced time at which it expires; null: none. */
  toldUntil: number | null;
  /** When it was announced; null: not since the server started. */
  toldAt: number | null;
}

export type PresenceInput =
  | { type: 'devices'; count: number }
  | { type: 'chose'; status: ChosenStatus; until?: number | null }
  /** The time returned by `dueAt` has come. */
  | { type: 'due' };

/** An announcement. */
export interface Publishing {
  status: PresenceStatus;
  lastSeen: number | null;
  devices: number;
  /** When the status expires, if it does. */
  until?: number;
}

/** A person without connections and announcements. */
export function absent(remembered: {
  chosen: ChosenStatus;
  until?: number | null;
  lastSeen: number | null;
}): PersonState {
  return { until: null, ...remembered, devices: 0, told: 'offline', toldUntil: null, toldAt: null };
}

/** The current status, whether announced or not. */
function statusOf(state: PersonState): PresenceStatus {
  return state.devices > 0 ? state.chosen : 'offline';
}

/** The status to return on request: the current one, except that a person within the grace period has not left yet. */
export function shownStatus(state: PersonState): PresenceStatus {
  return state.devices > 0 ? state.chosen : state.told;
}

/** When a person was last seen; now while they are connected. */
export function shownLastSeen(state: PersonState, now: number): number | null {
  return state.devices > 0 ? now : state.lastSeen;
}

/** When the chosen status expires, as others see it; irrelevant for a person who is offline. */
export function shownUntil(state: PersonState): number | null {
  return state.devices > 0 && state.chosen !== 'online' ? state.until : null;
}

/** When to call `step` with `due` to announce, to expire the chosen status or to forget the person; null: never. */
export function dueAt(state: PersonState): number | null {
  const moments = [tellingAt(state), shownUntil(state)].filter((at) => at !== null);
  return moments.length === 0 ? null : Math.min(...moments);
}

/** Whether the current status and its expiry are announced. */
function isTold(state: PersonState): boolean {
  return statusOf(state) === state.told && shownUntil(state) === state.toldUntil;
}

/** When the next announcement may be made, or the person can be forgotten. */
function tellingAt(state: PersonState): number | null {
  const isHere = state.devices > 0;
  if (isTold(state) && isHere) return null;
  const rested = state.toldAt === null ? Number.NEGATIVE_INFINITY : state.toldAt + INTERVAL_MS;
  if (isTold(state) || isHere) return rested;
  return Math.max(rested, (state.lastSeen ?? 0) + GRACE_MS);
}

/** True when nothing about this person needs to be kept besides the stored row. */
export function isForgettable(state: PersonState, now: number): boolean {
  return state.devices === 0 && state.told === 'offline' && (dueAt(state) ?? now) <= now;
}

/** Resets a chosen status that has expired. */
function ended(state: PersonState, now: number): PersonState {
  return state.until !== null && state.until <= now ? { ...state, chosen: 'online', until: null } : state;
}

function applied(before: PersonState, input: PresenceInput, now: number): PersonState {
  const state = ended(before, now);
  switch (input.type) {
    case 'devices':
      return {
        ...state,
        devices: input.count,
        lastSeen: state.devices > 0 && input.count === 0 ? now : state.lastSeen,
      };
    case 'chose':
      return ended({ ...state, chosen: input.status, until: input.until ?? null }, now);
    case 'due':
      return state;
  }
}

/**
 * Applies an input.
 * @returns the new state, and the announcement to make now, if any
 */
export function step(
  before: PersonState,
  input: PresenceInput,
  now: number,
): { state: PersonState; telling: Publishing | undefined } {
  const state = applied(before, input, now);
  const status = statusOf(state);
  const due = tellingAt(state);
  if (isTold(state) || due === null || due > now) return { state, telling: undefined };
  const until = shownUntil(state);
  return {
    state: { ...state, told: status, toldUntil: until, toldAt: now },
    telling: { status, lastSeen: shownLastSeen(state, now), devices: state.devices, ...(until !== null && { until }) },
  };
}
