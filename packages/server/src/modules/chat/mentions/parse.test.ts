import { sizes } from '@atrium/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMentions } from './parse.ts';

const names = (content: string) => parseMentions(content)?.names ?? [];

describe('parseMentions', () => {
  it.each([
    ['@ann', ['ann']],
    ['Hello @Ann, and @bob.b!', ['ann', 'bob.b']],
    ['(@ann) "@bob" @cat-9, @ann again', ['ann', 'bob', 'cat-9']],
    ['**@ann** and\n@bob\n', ['ann', 'bob']],
    ['Grüße,@ann', ['ann']],
    ['@ann. @bob- @cat_', ['ann', 'bob', 'cat']],
    ['请@ben看一下', ['ben']],
    ['資料は@benさんへ', ['ben']],
    ['_@ben_ __@ann__ ~~@cat~~', ['ben', 'ann', 'cat']],
    ['_waves at @ben_', ['ben']],
    ['@ben/@cat @ann-@bob', ['ben', 'cat', 'ann', 'bob']],
    ['-@ben', ['ben']],
    ['> said\n\n@ben look', ['ben']],
    ['> said\n- @ben', ['ben']],
    ['```\n@ann\n```\n@ben', ['ben']],
    ['~~~\n```\n@ann\n~~~\n@ben', ['ben']],
    ['a ` b @ben', ['ben']],
    ['``@ann` @bob`` @ben', ['ben']],
    ['it`s @ben\n\n`', ['ben']],
    ['\\`@ben\\`', ['ben']],
  ])('%j names people', (content, expected) => {
    expect(names(content)).toEqual(expected);
  });

  it.each([
    'ann@example.org',
    'a@b',
    '@',
    '@@ann',
    '@ann@social.example',
    'https://example.org/@ann',
    'code `@ann` and ``` @bob\n@cat ``` here',
    '```\n@ann without an end',
    'ü@ann',
    '@annä',
    '@_ann',
    'npm i @here/maps-api',
    'import x from "@channel/y"',
    'help@ben.example',
    'https://example.org/?by=@ann',
    'example.org/@ann',
    '> @ann',
    '> said\n@ann goes on with it',
    '- > @ann',
    '~~~\n@ann\n~~~',
    '````\n```\n@ann\n````',
    '- ```\n  @ann\n  ```',
    `@${'a'.repeat(31)}`,
  ])('%j names nobody', (content) => {
    expect(parseMentions(content)).toBeUndefined();
  });

  it('recognizes @channel and @here', () => {
    expect(parseMentions('@here: lunch')).toEqual({ names: [], scope: 'here' });
    expect(parseMentions('@Channel and @here and @ann')).toEqual({ names: ['ann'], scope: 'channel' });
    expect(parseMentions('@channels')).toEqual({ names: ['channels'], scope: null });
  });

  it('recognizes a name at the end of a sentence', () => {
    expect(parseMentions('Ask @ben.Then go')).toEqual({
      names: ['ben.then'],
      shorter: new Map([['ben.then', 'ben']]),
      scope: null,
    });
    expect(parseMentions('@here.Look')).toEqual({ names: [], scope: 'here' });
    expect(parseMentions('@ben.example')?.shorter).toBeUndefined();
  });

  it('finds a limited number of names, each once', () => {
    const many = Array.from({ length: 200 }, (_, at) => `@person${at} @person${at}`).join(' ');
    expect(names(many)).toHaveLength(sizes.mentionNames);
  });

  it('finds names between words, in linear time', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z][a-z0-9]{2,9}$/)), (words) => {
        const people = words.filter((word) => word !== 'here' && word !== 'channel');
        expect(names(people.map((word) => `hey @${word}`).join(', '))).toEqual([...new Set(people)].slice(0, 50));
      }),
    );
    const began = performance.now();
    for (const nasty of [
      '`'.repeat(8_000),
      '@a'.repeat(4_000),
      `@${'a.'.repeat(3_999)}`,
      '```@'.repeat(2_000),
      '> `@a\n'.repeat(1_500),
      '@a.'.repeat(2_600),
      '-_@'.repeat(2_600),
    ]) {
      parseMentions(nasty);
    }
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
