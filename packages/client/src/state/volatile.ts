import type { Presence } from '@atrium/protocol';
import type { VolatileEvent } from './event.ts';
import type { ById } from './live-state.ts';

/** What may be lost and ends by itself: it lies over the live state and is never part of it. */
export interface VolatileState {
  /** By conversation and user: until when, in milliseconds of the server's clock. */
  readonly typing: ById<ById<number>>;
  /** By user; who was never heard of is missing. */
  readonly presence: ById<Presence>;
}

export const noVolatileState: VolatileState = { typing: {}, presence: {} };

/** The state after a volatile event; the very same object when it changes nothing. */
export function applyVolatile<State extends VolatileState>(state: State, event: VolatileEvent): State {
  switch (event.type) {
    case 'typing': {
      const { conversationId, until, userId } = event.data;
      return setTyping(state, conversationId, userId, Date.parse(until));
    }
    case 'presence:changed':
      return { ...state, presence: { ...state.presence, [event.data.userId]: event.data } };
    default:
      return state;
  }
}

/** Whoever sends has stopped typing. */
export function stopTyping<State extends VolatileState>(state: State, conversationId: string, userId: string): State {
  return state.typing[conversationId]?.[userId] === undefined ? state : setTyping(state, conversationId, userId, 0);
}

function setTyping<State extends VolatileState>(
  state: State,
  conversationId: string,
  userId: string,
  until: number,
): State {
  const { [userId]: _, ...others } = state.typing[conversationId] ?? {};
  const there = until > 0 ? { ...others, [userId]: until } : others;
  return { ...state, typing: { ...state.typing, [conversationId]: there } };
}

/**
 * Who types in a conversation right now.
 * @param now milliseconds of the server's clock
 */
export function typists(state: VolatileState, conversationId: string, now: number): string[] {
  const until = Object.entries(state.typing[conversationId] ?? {});
  return until.flatMap(([userId, end]) => (end > now ? [userId] : []));
}

/** Forgets typing that has ended; the same object if there is none. */
export function expire<State extends VolatileState>(state: State, now: number): State {
  const isOver = (end: number) => end <= now;
  if (!Object.values(state.typing).some((users) => Object.values(users).some(isOver))) return state;
  const left = Object.entries(state.typing).flatMap(([id, users]) => {
    const typing = Object.entries(users).filter(([, end]) => !isOver(end));
    return typing.length > 0 ? [[id, Object.fromEntries(typing)]] : [];
  });
  return { ...state, typing: Object.fromEntries(left) };
}
