import { characters, hookPayload, sizes } from '@atrium/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCharacter } from '../../../../test/any-character.ts';
import { cut, markedTextOf } from './content.ts';
import { mentionsIn, withoutMarks } from './marks.ts';
import { fromMrkdwn } from './mrkdwn.ts';

const content = (payload: object) => withoutMarks(markedTextOf(hookPayload.parse(payload)), new Map());

describe("Slack's mrkdwn", () => {
  it.each([
    ['plain', 'plain'],
    ['*bold* and _italic_ and ~gone~', '**bold** and _italic_ and ~~gone~~'],
    ['2 * 3 * 4, a*b*c, **both**', '2 * 3 * 4, a*b*c, **both**'],
    ['*~both~*', '**~~both~~**'],
    ['`*code*` and\n```\n*block* &lt;b&gt;\n```', '`*code*` and\n```\n*block* <b>\n```'],
    ['```first\nsecond``` then *bold*', '```\nfirst\nsecond\n```\n then **bold**'],
    ['see ```a\nb```\n*c*', 'see \n```\na\nb\n```\n**c**'],
    ['```one line``` *b*', '```one line``` **b**'],
    ['<https://example.org/a|here>', '[here](https://example.org/a)'],
    ['<https://example.org/a_(b)|x [1]>', '[x \\[1\\]](https://example.org/a_%28b%29)'],
    ['<https://example.org/?a=1&amp;b=2>', 'https://example.org/?a=1&b=2'],
    ['<mailto:a@example.org|a@example.org>', '[a@example.org](mailto:a@example.org)'],
    ['<!here> <!channel> <!everyone>', '@here @channel @channel'],
    ['<!date^1392734382^{date}|a day>', 'a day'],
    ['<!subteam^S1|@crew> <@U1|bob> <@U2> <#C1|general>', '@crew @bob @U2 #general'],
    ['a &lt; b &amp;&amp; c &gt; d, &amp;lt;', 'a < b && c > d, &lt;'],
    ['a <b> c', 'a <b> c'],
  ])('%s', (mrkdwn, markdown) => {
    expect(withoutMarks(fromMrkdwn(mrkdwn), new Map())).toBe(markdown);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'JAVASCRIPT:alert(1)', 'file:///etc/passwd'])(
    'S34 does not link %s',
    (address) => {
      expect(fromMrkdwn(`<${address}|click>`)).toBe('click');
    },
  );

  it('S32 handles any text without slowing down', () => {
    const pieces = fc.constantFrom(
      '*',
      '_',
      '~',
      '`',
      '```',
      '<',
      '>',
      '|',
      '!',
      '@',
      'a',
      ' ',
      '\n',
      '&amp;',
      'http://',
    );
    fc.assert(fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => fromMrkdwn(parts.join('')).length >= 0));
    for (const piece of ['*', '`', '<', '```', '*a ', '~a', '<a', '&lt;*']) {
      const before = performance.now();
      fromMrkdwn(piece.repeat(100_000 / piece.length));
      expect(performance.now() - before, piece).toBeLessThan(1_000);
    }
  });
});

describe('the content of a payload', () => {
  it('shows blocks instead of the text, and pictures as links', () => {
    expect(
      content({
        text: 'summary',
        blocks: [
          { type: 'header', text: { type: 'plain_text', text: 'Deploy' } },
          { type: 'divider' },
          {
            type: 'section',
            text: { type: 'mrkdwn', text: '*done* <https://example.org|log>' },
            fields: [{ type: 'mrkdwn', text: '*Took*\n3 s' }],
            accessory: { type: 'image', image_url: 'https://example.org/a.png', alt_text: 'graph' },
          },
          {
            type: 'image',
            image_url: 'https://example.org/b.png',
            alt_text: 'b',
            title: { type: 'plain_text', text: 'B' },
          },
          {
            type: 'context',
            elements: [
              { type: 'mrkdwn', text: 'by _CI_' },
              { type: 'image', image_url: 'javascript:x' },
            ],
          },
          { type: 'actions', elements: [{ type: 'button' }] },
        ],
      }),
    ).toBe(
      [
        '**Deploy**',
        '---',
        '**done** [log](https://example.org)\n**Took**\n3 s\n[graph](https://example.org/a.png)',
        '[B](https://example.org/b.png)',
        'by _CI_ · image',
      ].join('\n\n'),
    );
  });

  it('shows the text if the blocks have no text', () => {
    expect(content({ text: 'hello', blocks: [{ type: 'actions' }, { type: 'divider' }] })).toBe('hello');
  });

  it('quotes attachments with their colour, title, text and fields', () => {
    expect(
      content({
        text: 'Build',
        attachments: [
          {
            color: 'danger',
            pretext: '*3* tests failed',
            title: 'main',
            title_link: 'https://example.org/7',
            text: 'first\nsecond',
            fields: [{ title: 'Branch', value: '`main`', short: true }],
            fallback: 'unused',
            footer: 'CI',
          },
          { color: '#2eb67d', fallback: 'only this' },
        ],
      }),
    ).toBe(
      [
        'Build',
        '**3** tests failed\n> 🔴 **[main](https://example.org/7)**\n> first\n> second\n> **Branch**: `main`\n> _CI_',
        '> 🟢 only this',
      ].join('\n\n'),
    );
  });

  it('reads Markdown, rich text and tables', () => {
    const said = (text: string, style?: object) => ({ type: 'text', text, style });
    const section = (...elements: object[]) => ({ type: 'rich_text_section', elements });
    expect(
      content({
        blocks: [
          { type: 'markdown', text: '# Deploy **done**' },
          {
            type: 'rich_text',
            elements: [
              section(
                said('Hi '),
                { type: 'user', user_id: 'bob' },
                { type: 'emoji', name: 'wave', unicode: '1f44b' },
                said(' now ', { bold: true, italic: true }),
                { type: 'link', url: 'https://example.org', text: 'log' },
                { type: 'link', url: 'javascript:x', text: 'no' },
              ),
              {
                type: 'rich_text_list',
                style: 'ordered',
                elements: [section(said('a')), section(said('b', { code: true }))],
              },
              { type: 'rich_text_list', style: 'bullet', indent: 1, elements: [section(said('c', { strike: true }))] },
              { type: 'rich_text_preformatted', elements: [said('x = 1\ny')] },
              { type: 'rich_text_quote', elements: [said('one\ntwo')] },
            ],
          },
          {
            type: 'table',
            rows: [
              [
                { type: 'raw_text', text: 'Step' },
                { type: 'rich_text', elements: [section(said('Took'))] },
              ],
              [
                { type: 'raw_text', text: 'a|b' },
                { type: 'raw_number', text: 3 },
              ],
            ],
          },
        ],
      }),
    ).toBe(
      [
        '# Deploy **done**',
        [
          'Hi @bob👋 **_now_** [log](https://example.org)no',
          '1. a\n2. `b`',
          '    - ~~c~~',
          '```\nx = 1\ny\n```',
          '> one\n> two',
        ].join('\n'),
        '| Step | Took |\n| --- | --- |\n| a\\|b | 3 |',
      ].join('\n\n'),
    );
  });

  it('keeps code in quotations and fields as a separate block', () => {
    const code = '```a\nb```';
    expect(content({ attachments: [{ color: 'good', text: code, fields: [{ title: 'Log', value: code }] }] })).toBe(
      ['> 🟢', '> ```', '> a', '> b', '> ```', '> **Log**:', '> ```', '> a', '> b', '> ```'].join('\n'),
    );
  });

  it('shows the text of a block of unknown type', () => {
    expect(content({ text: 'short', blocks: [{ type: 'alert', text: 'Disk *full*' }] })).toBe('Disk **full**');
    expect(content({ text: 'short', blocks: [{ type: 'hologram', scene: {} }] })).toBe('short');
  });

  it('is empty for an empty payload', () => {
    for (const payload of [{}, { text: '  ' }, { blocks: [{ type: 'divider' }] }, { attachments: [{}] }]) {
      expect(content(payload)).toBe('');
    }
  });

  it('leaves text without markup unchanged', () => {
    expect(content({ text: '*a* &lt;', mrkdwn: false })).toBe('*a* &lt;');
  });
});

describe('whom a payload mentions', () => {
  const ada = '0190d3a4-0000-7000-8000-00000000ada0';
  const mentions = (payload: object) => mentionsIn(markedTextOf(hookPayload.parse(payload)));
  const shown = (text: string) => withoutMarks(fromMrkdwn(text), new Map([[ada, 'ada']]));

  it('is given in angle brackets, anywhere in the payload', () => {
    const attachments = [{ fields: [{ title: 'Author', value: '*<@Bob>*' }], fallback: '<!channel>' }];
    expect(mentions({ text: `<@${ada.toUpperCase()}|Ada>: <!here>`, attachments })).toEqual({
      names: ['bob'],
      ids: [ada],
      scope: 'here',
    });
    expect(
      mentions({ text: '<!here>', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '<!everyone>' } }] }),
    ).toEqual({ names: [], ids: [], scope: 'channel' });
  });

  it.each([
    '@bob @channel bob@example.org',
    '`<!channel>`',
    '```\n<@bob>\n```',
    '<!subteam^S1|@crew> <#C1|general> <!toString>',
    '&lt;!channel&gt;',
    '\uFDD0:channel|\uFDD1',
  ])('is nobody in %j', (text) => {
    expect(mentions({ text })).toBeUndefined();
    expect(mentions({ text: `${text} <!here>`, mrkdwn: false })).toBeUndefined();
  });

  it('is shown by username, otherwise by the label of the sender', () => {
    expect(shown(`<@${ada}|Ada L> <@U2|bob> <@U3> *<@${ada.toUpperCase()}>*`)).toBe('@ada @bob @U3 **@ada**');
  });

  it('is a limited number of people', () => {
    const text = Array.from({ length: 80 }, (_, at) => `<@p${at}>`).join(' ');
    expect(mentions({ text })?.names).toHaveLength(sizes.mentionNames);
  });
});

describe('truncating', () => {
  it('keeps what fits and adds a note, without splitting a character', () => {
    for (const one of ['x', '🌱']) {
      const full = one.repeat(sizes.message);
      expect(cut(full)).toBe(full);
      expect(characters(cut(full + one))).toBe(sizes.message);
    }
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 40 }), fc.integer({ min: 10, max: 30 }), (text, most) => {
        const short = cut(text, most);
        expect(characters(short)).toBeLessThanOrEqual(most);
        expect(short.isWellFormed()).toBe(true);
        expect(short === text || short.endsWith('… (cut)')).toBe(true);
      }),
    );
  });
});
