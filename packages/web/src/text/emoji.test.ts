import { describe, expect, it } from 'vitest';
import { countIfOnlyEmoji, emojiFromHexcode } from './emoji.ts';

describe('a text of emoji alone', () => {
  it.each([
    ['👍', 1],
    ['👩‍🌾 🇯🇵', 2],
    ['👍🏽👍🏽👍🏽👍🏽', 4],
    ['1️⃣', 1],
    ['❤️', 1],
    ['👍 ok', 0],
    ['12', 0],
    ['©', 0],
    ['', 0],
    ['👍'.repeat(100), 0],
  ])('%j has %i', (text, count) => {
    expect(countIfOnlyEmoji(text)).toBe(count);
  });
});

it('reads an emoji written as code points', () => {
  expect(emojiFromHexcode('1F44D')).toBe('👍');
  expect(emojiFromHexcode('1F468-200D-1F33E')).toBe('👨‍🌾');
});
