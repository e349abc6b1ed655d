import type { PresenceStatus } from '@atrium/protocol';

/** A status that people choose; `online` means that it follows the connections. */
export type ChosenStatus = Exclude<PresenceStatus, 'offline'>;

/** How long someone may be gone before others hear of it: a reload or a change of network takes less. */
export const GRACE_MS = 3_000;
/** Others hear of one person at most this often. */
export const INTERVAL_MS = 1_000;

/** One person. Times are milliseconds since 1970. */
export interface PersonState {
  /** Devices with an open connection. */
  devices: number;
  chosen: ChosenStatus;
  /** When what was chosen ends by itself; null: when it is chosen otherwise. */
  until: number | null;
  /** When the last connection closed; null: never connected before. Means nothing while there are connections. */
  lastSeen: number | null;
  /** What others were last told. */
  told: PresenceStatus;
  /** When that ends by itself, as they were told; null: they heard of no end. */
  toldUntil: number | null;
  /** When that was; null: not in this life of the server. */
  toldAt: number | null;
}

export type PresenceInput =
  | { type: 'devices'; count: number }
  | { type: 'chose'; status: ChosenStatus; until?: number | null }
  /** A moment named by `dueAt` has come. */
  | { type: 'due' };

/** What others are to be told. */
export interface Telling {
  status: PresenceStatus;
  lastSeen: number | null;
  devices: number;
  /** When that ends by itself, if it does. */
  until?: number;
}

/** Someone with no connection, of whom nothing was told yet. */
export function absent(remembered: {
  chosen: ChosenStatus;
  until?: number | null;
  lastSeen: number | null;
}): PersonState {
  return { until: null, ...remembered, devices: 0, told: 'offline', toldUntil: null, toldAt: null };
}

/** What is true now, whatever others have heard of it. */
function statusOf(state: PersonState): PresenceStatus {
  return state.devices > 0 ? state.chosen : 'offline';
}

/** What to answer those who ask: the truth, except that someone who may be only reconnecting has not left yet. */
export function shownStatus(state: PersonState): PresenceStatus {
  return state.devices > 0 ? state.chosen : state.told;
}

/** When someone was last seen: now, while they are connected. */
export function shownLastSeen(state: PersonState, now: number): number | null {
  return state.devices > 0 ? now : state.lastSeen;
}

/** When what is chosen ends, as far as others see it: to who is not here it makes no difference. */
export function shownUntil(state: PersonState): number | null {
  return state.devices > 0 && state.chosen !== 'online' ? state.until : null;
}

/** When to come back with `due`: to tell, to end what was chosen, or to let go of someone. null: no need. */
export function dueAt(state: PersonState): number | null {
  const moments = [tellingAt(state), shownUntil(state)].filter((at) => at !== null);
  return moments.length === 0 ? null : Math.min(...moments);
}

/** Whether others have heard what is true now, and when it ends. */
function isTold(state: PersonState): boolean {
  return statusOf(state) === state.told && shownUntil(state) === state.toldUntil;
}

/** When others may be told what they have not heard yet, or there is nothing left to tell of someone. */
function tellingAt(state: PersonState): number | null {
  const isHere = state.devices > 0;
  if (isTold(state) && isHere) return null;
  const rested = state.toldAt === null ? Number.NEGATIVE_INFINITY : state.toldAt + INTERVAL_MS;
  if (isTold(state) || isHere) return rested;
  return Math.max(rested, (state.lastSeen ?? 0) + GRACE_MS);
}

/** True when nothing needs to be remembered of this person but what the database keeps. */
export function isForgettable(state: PersonState, now: number): boolean {
  return state.devices === 0 && state.told === 'offline' && (dueAt(state) ?? now) <= now;
}

/** Whoever chose something until a moment that has passed is simply here. */
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
 * Takes one step.
 * @returns the new state, and what others are to be told now, if anything
 */
export function step(
  before: PersonState,
  input: PresenceInput,
  now: number,
): { state: PersonState; telling: Telling | undefined } {
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
