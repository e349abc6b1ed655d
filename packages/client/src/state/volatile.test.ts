import { expect, it } from 'vitest';
import { ann, bob, conversation } from '../../test/fixtures.ts';
import { stopTyping, typists } from './chat/typing.ts';
import type { VolatileEvent } from './event.ts';
import { applyVolatile, expire, noVolatileState } from './volatile.ts';

const NOON = Date.parse('2026-03-01T12:00:00.000Z');
const typing = (userId: string, until: number): VolatileEvent => ({
  type: 'typing',
  data: { conversationId: conversation.id, userId, until: new Date(until).toISOString() },
});
const who = (state: typeof noVolatileState, now: number) => typists(state, conversation.id, now);

it('shows who is typing until that expires, without another event', () => {
  const state = [typing(ann.id, NOON + 6_000), typing(bob.id, NOON + 2_000)].reduce(applyVolatile, noVolatileState);
  expect(who(state, NOON)).toEqual([ann.id, bob.id]);
  expect(who(state, NOON + 2_000)).toEqual([ann.id]);
  expect(who(state, NOON + 6_000)).toEqual([]);
  expect(expire(state, NOON + 1_999)).toBe(state);
  expect(expire(state, NOON + 2_000).typing).toEqual({ [conversation.id]: { [ann.id]: NOON + 6_000 } });
  expect(expire(state, NOON + 6_000)).toEqual(noVolatileState);
});

it('removes it when the user stops typing, or sends', () => {
  const state = applyVolatile(noVolatileState, typing(ann.id, NOON + 6_000));
  expect(who(applyVolatile(state, typing(ann.id, NOON - 1)), NOON)).toEqual([]);
  expect(who(stopTyping(state, conversation.id, ann.id), NOON)).toEqual([]);
  expect(stopTyping(state, conversation.id, bob.id)).toBe(state);
});

it('keeps the latest presence of each user', () => {
  const away = { userId: bob.id, status: 'away' as const, lastSeen: null, devices: 1 };
  const gone = { ...away, status: 'offline' as const, devices: 0 };
  const states = [away, gone].map((data): VolatileEvent => ({ type: 'presence:changed', data }));
  expect(states.reduce(applyVolatile, noVolatileState).presence).toEqual({ [bob.id]: gone });
});

it('changes nothing else', () => {
  expect(applyVolatile(noVolatileState, { type: 'heads', data: {} })).toBe(noVolatileState);
});
