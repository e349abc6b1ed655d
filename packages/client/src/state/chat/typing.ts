import { type ById, filterById, without } from '../by-id.ts';
import type { VolatileSlice } from '../volatile-slice.ts';

export interface TypingState {
  /** By conversation and user: the time at which it expires, in milliseconds of the server's clock. */
  readonly typing: ById<ById<number>>;
}

export const typing = {
  empty: (): TypingState => ({ typing: {} }),
  reducers: {
    typing: (state, { conversationId, until, userId }) => setTyping(state, conversationId, userId, Date.parse(until)),
  },
  expire: (state, now) => ({ typing: expired(state.typing, now) }),
  nextEnd({ typing: known }) {
    const ends = Object.values(known).flatMap((users) => Object.values(users));
    return ends.length > 0 ? Math.min(...ends) : undefined;
  },
} satisfies VolatileSlice<TypingState>;

/** A user who sends has stopped typing. */
export function stopTyping<State extends TypingState>(state: State, conversationId: string, userId: string): State {
  if (state.typing[conversationId]?.[userId] === undefined) return state;
  return { ...state, ...setTyping(state, conversationId, userId, 0) };
}

function setTyping(state: TypingState, conversationId: string, userId: string, until: number): TypingState {
  const known = state.typing[conversationId] ?? {};
  // Who still types keeps the place: names would change places in every list of those who type.
  const users = until > 0 ? { ...known, [userId]: until } : without(known, userId);
  return { typing: { ...state.typing, [conversationId]: users } };
}

function expired(known: TypingState['typing'], now: number): TypingState['typing'] {
  if (!Object.values(known).some((users) => Object.values(users).some((end) => end <= now))) return known;
  const left = Object.entries(known).map(([id, users]) => [id, filterById(users, (end) => end > now)] as const);
  return Object.fromEntries(left.filter(([, users]) => Object.keys(users).length > 0));
}

/**
 * The users who are typing in a conversation.
 * @param now milliseconds of the server's clock
 */
export function typists(state: TypingState, conversationId: string, now: number): string[] {
  const until = Object.entries(state.typing[conversationId] ?? {});
  return until.flatMap(([userId, end]) => (end > now ? [userId] : []));
}
