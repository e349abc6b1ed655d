import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block, Inline } from './nodes.ts';
import { parse } from './parse.ts';
import { plainText } from './plain-text.ts';

const text = (value: string): Inline => ({ kind: 'text', text: value });
const paragraph = (...children: Inline[]): Block => ({ kind: 'paragraph', children });

describe('what a message says', () => {
  it.each<[string, Block[]]>([
    ['Hello', [paragraph(text('Hello'))]],
    ['one\ntwo', [paragraph(text('one'), { kind: 'break' }, text('two'))]],
    ['one\n\ntwo', [paragraph(text('one')), paragraph(text('two'))]],
    [
      'a **b** _c_ ~~d~~',
      [
        paragraph(
          text('a '),
          { kind: 'strong', children: [text('b')] },
          text(' '),
          { kind: 'emphasis', children: [text('c')] },
          text(' '),
          { kind: 'strike', children: [text('d')] },
        ),
      ],
    ],
    ['in `bed *4*`', [paragraph(text('in '), { kind: 'code', text: 'bed *4*' })]],
    ['```ts\nlet a = 1 < 2;\n```', [{ kind: 'codeBlock', text: 'let a = 1 < 2;', language: 'ts' }]],
    ['> said', [{ kind: 'quote', children: [paragraph(text('said'))] }]],
    ['- a\n- b', [{ kind: 'list', ordered: false, start: 1, items: [[paragraph(text('a'))], [paragraph(text('b'))]] }]],
    ['3. c', [{ kind: 'list', ordered: true, start: 3, items: [[paragraph(text('c'))]] }]],
    ['ask @Ann', [paragraph(text('ask '), { kind: 'mention', name: 'ann', text: '@Ann' })]],
    [
      '请@ann看 @bob.Then',
      [
        paragraph(text('请'), { kind: 'mention', name: 'ann', text: '@ann' }, text('看 '), {
          kind: 'mention',
          name: 'bob.then',
          shorter: 'bob',
          text: '@bob.Then',
        }),
      ],
    ],
    [':tada:', [paragraph({ kind: 'shortcode', name: 'tada' })]],
    [
      'https://a.example/b',
      [paragraph({ kind: 'link', href: 'https://a.example/b', children: [text('https://a.example/b')] })],
    ],
    ['[here](https://a.example)', [paragraph({ kind: 'link', href: 'https://a.example', children: [text('here')] })]],
    ['\\*no\\*', [paragraph(text('*'), text('no'), text('*'))]],
  ])('%j', (content, expected) => {
    expect(parse(content)).toEqual(expected);
  });

  it.each([
    '# no heading',
    '<b>no HTML</b>',
    '<script>alert(1)</script>',
    '&lt;b&gt; &amp;',
    '| a | b |\n| - | - |\n| 1 | 2 |',
    '    no code by spaces',
    '[x]: https://a.example',
    '[x](javascript:alert(1))',
    '![x](https://a.example/x.png)',
    '12:30:45 and a:b:c',
  ])('shows %j as it was written', (content) => {
    const shown = plainText(content);
    expect(shown).toBe(content.replaceAll(/\s+/g, ' ').trim());
    expect(JSON.stringify(parse(content))).not.toContain('"href":"javascript');
  });

  it('keeps what is nested too deeply as it was written', () => {
    expect(plainText('>'.repeat(4_000))).toBe('>'.repeat(4_000));
    expect(plainText(`${'- '.repeat(2_000)}x`)).toBe(`${'- '.repeat(2_000)}x`);
  });
});

const MARKS = [
  '*',
  '_',
  '~',
  '`',
  '```',
  '[',
  '](',
  ')',
  '<',
  '>',
  '!',
  '#',
  '-',
  '1.',
  '\n',
  '\n\n',
  ' ',
  '@ann',
  ':a:',
  '|',
  '\\',
  'https://a.b',
  '&amp;',
  'javascript:x',
  '»',
  '日本',
  '👩‍🌾',
];
const messages = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.array(fc.constantFrom(...MARKS, 'word'), { maxLength: 60 }).map((parts) => parts.join('')),
);

const hrefs = (nodes: readonly (Block | Inline)[]): string[] =>
  nodes.flatMap((node) => [
    ...('href' in node ? [node.href] : []),
    ...('children' in node ? hrefs(node.children) : []),
    ...('items' in node ? node.items.flatMap(hrefs) : []),
  ]);

describe('any text', () => {
  it('has a result in which only safe addresses are links', () => {
    fc.assert(
      fc.property(messages, (content) => {
        for (const href of hrefs(parse(content))) expect(href).toMatch(/^(https?|mailto):/i);
      }),
    );
  });

  it('loses no word', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{3,8}$/), { minLength: 1 }),
        fc.array(fc.constantFrom(...MARKS)),
        (words, marks) => {
          const content = words.map((word, at) => `${word} ${marks[at] ?? ''} `).join('');
          const shown = plainText(content);
          // A word behind a fence names its language.
          if (!content.includes('```') && !content.includes(']('))
            for (const word of words) expect(shown).toContain(word);
        },
      ),
    );
  });

  it('is parsed quickly, however it is made', () => {
    const nasty = [
      '*a'.repeat(4_000),
      '['.repeat(8_000),
      '`'.repeat(8_000),
      '_*'.repeat(4_000),
      '> - '.repeat(2_000),
      '<a '.repeat(2_600),
      `${'a@'.repeat(4_000)}`,
      'https://'.repeat(1_000),
      '~'.repeat(8_000),
      '[a]('.repeat(2_000),
      '- a\n'.repeat(2_000),
      `${'> '.repeat(8)}\n`.repeat(400),
    ];
    for (const content of nasty) {
      const began = performance.now();
      parse(content);
      expect(performance.now() - began, content.slice(0, 8)).toBeLessThan(1_500);
    }
  });
});
