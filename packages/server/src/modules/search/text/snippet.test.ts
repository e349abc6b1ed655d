import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rangesOf } from './match.ts';
import { parseQuery } from './query.ts';
import { snippetOf } from './snippet.ts';

describe('snippets', () => {
  it('are the whole of a short text', () => {
    const content = 'The tomatoes are up';
    const snippet = snippetOf(content, rangesOf(content, parseQuery('tomat')));
    expect(snippet).toEqual({ text: content, from: 0, highlights: [{ start: 4, end: 9 }] });
  });

  it('show the match, from anywhere in a text, without splitting a character', () => {
    fc.assert(
      fc.property(fc.nat(600), fc.nat(600), fc.constantFrom('a', '😀', 'x ', '東'), (before, after, filler) => {
        const content = `${filler.repeat(before)} needle ${filler.repeat(after)}`;
        const { text, from, highlights } = snippetOf(content, rangesOf(content, parseQuery('needle')));
        expect(content.slice(from, from + text.length)).toBe(text);
        expect(text.length).toBeLessThanOrEqual(240);
        expect(text.isWellFormed()).toBe(true);
        expect(highlights.map(({ start, end }) => text.slice(start, end))).toContain('needle');
      }),
    );
  });

  it('start at the beginning without a query', () => {
    expect(snippetOf('word '.repeat(100), []).from).toBe(0);
  });
});
