import { describe, expect, it } from 'vitest';
import { MOST_CHARACTERS, shorten } from './shorten.ts';

const item = (length: number) => ({ id: 'x', text: 'a'.repeat(length) });
const listOf = (count: number, length: number) => Array.from({ length: count }, () => item(length));

describe('shorten', () => {
  it('does not change what fits', () => {
    const data = { items: listOf(100, 100), nextCursor: 'c' };
    expect(shorten(data, true)).toEqual({ text: JSON.stringify(data), note: undefined });
  });

  it('keeps the first items of a long list, and says how to page', () => {
    const { text, note } = shorten({ items: listOf(500, 300), nextCursor: 'c' }, true);
    const kept = JSON.parse(text);
    expect(kept).toEqual({ items: listOf(100, 300) });
    expect(note).toBe(
      'Cut to 40000 characters. Shown are items: 100 of 500 items. ' +
        'nextCursor is left out: it would skip what is not shown. ' +
        'Call again with "limit": 100 and page on from there.',
    );
    expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
  });

  it('truncates long texts', () => {
    const { text, note } = shorten({ id: '1', body: 'b'.repeat(50_000) }, false);
    expect(JSON.parse(text)).toEqual({ id: '1', body: `${'b'.repeat(8_192)}…` });
    expect(note).toContain('body: 8192 of 50000 characters');
    expect(note).toContain('Narrow the call');
  });

  it('names ten places and counts the others', () => {
    const { note } = shorten({ items: listOf(30, 20_000), nextCursor: null }, true);
    expect(note?.match(/ of \d+ (items|characters)/g)).toHaveLength(10);
    expect(note).toMatch(/and \d+ more/);
  });

  it.each([
    ['quotation marks, which take two characters', { a: '"'.repeat(200_000) }],
    ['lists in lists', { a: Array.from({ length: 300 }, () => listOf(300, 30)) }],
    ['a map with many keys', { a: Object.fromEntries(Array.from({ length: 9_000 }, (_, at) => [`key ${at}`, at])) }],
    ['many fields', Object.fromEntries(Array.from({ length: 9_000 }, (_, at) => [`key ${at}`, at]))],
  ])('is never longer: %s', (_, data) => {
    const { text, note } = shorten(data, false);
    expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
    expect(note).toBeDefined();
  });
});
