import { describe, expect, it } from 'vitest';
import { type ReactionPatch, type Reactions, withPatch } from './reactions.ts';

describe('pending reactions', () => {
  it.each<[string, Reactions, ReactionPatch, Reactions]>([
    ['a new one', [], { '🌱': true }, [{ emoji: '🌱', userIds: ['me'] }]],
    ['one more', [{ emoji: '🌱', userIds: ['ben'] }], { '🌱': true }, [{ emoji: '🌱', userIds: ['ben', 'me'] }]],
    ['one less', [{ emoji: '🌱', userIds: ['ben', 'me'] }], { '🌱': false }, [{ emoji: '🌱', userIds: ['ben'] }]],
    ['the last one', [{ emoji: '🌱', userIds: ['me'] }], { '🌱': false }, []],
    ['what has arrived', [{ emoji: '🌱', userIds: ['me'] }], { '🌱': true }, [{ emoji: '🌱', userIds: ['me'] }]],
  ])('%s', (_, known, patch, shown) => {
    expect(withPatch(known, patch, 'me')).toEqual(shown);
  });

  it('stay the same object while nothing changes', () => {
    const known = [{ emoji: '🌱', userIds: ['me'] }];
    expect(withPatch(known, undefined, 'me')).toBe(known);
    expect(withPatch(known, { '🌱': true }, 'me')).toBe(known);
  });
});
