import { hookPayload } from '@atrium/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeBody, readPayload } from './format/payload.ts';
import { whatFits } from './format/what-fits.ts';
import { markedTextOf } from './slack/content.ts';

it.each([
  [{ text: 7 }, { text: '7' }],
  [{ text: true }, { text: 'true' }],
  [{ text: 'x', attachments: null, icon_emoji: null }, { text: 'x' }],
  [
    { text: 'x', link_names: '1' },
    { text: 'x', link_names: true },
  ],
  [
    { text: 'x', link_names: 0 },
    { text: 'x', link_names: false },
  ],
  [{ text: 'x', link_names: 'maybe', mrkdwn: [] }, { text: 'x' }],
  [{ text: 'x', icon_url: `https://example.org/${'a'.repeat(2_000)}` }, { text: 'x' }],
  [{ text: 'a\0b\ud800' }, { text: 'ab\ufffd' }],
  [
    { attachments: [{ fields: [{ title: 'n', value: 0 }, { title: 'm', value: null }, 'x'] }, 1] },
    {
      attachments: [
        {
          fields: [
            { title: 'n', value: '0' },
            { title: 'm', value: '' },
          ],
        },
      ],
    },
  ],
])('keeps what fits of %j', (payload, kept) => {
  expect(whatFits(hookPayload, payload)).toEqual(kept);
});

it('truncates a list to its maximum length', () => {
  expect(whatFits(hookPayload, { attachments: Array(101).fill({ text: 'x' }) })?.attachments).toHaveLength(100);
});

it('never refuses a text because of other fields or its encoding', () => {
  const keys = [
    'attachments',
    'blocks',
    'fields',
    'elements',
    'rows',
    'type',
    'title',
    'value',
    'style',
    'username',
    'mrkdwn',
  ];
  const types = ['section', 'rich_text', 'rich_text_list', 'table', 'image', 'context', 'header'];
  const { part } = fc.letrec<{ part: unknown }>((tie) => ({
    part: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(null, true, 0, -1.5, '', '1', 'x', '\u202e', ...types),
      fc.array(tie('part'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...keys, 'text', '__proto__'), tie('part'), { maxKeys: 5 }),
    ),
  }));
  const beside = fc.dictionary(fc.constantFrom(...keys, 'icon_url', 'icon_emoji', 'link_names'), part, { maxKeys: 6 });
  fc.assert(
    fc.property(beside, fc.boolean(), (rest, asForm) => {
      const payload = { ...rest, text: 'the text', mrkdwn: true };
      const json = JSON.stringify(payload);
      const body = asForm ? new URLSearchParams({ payload: json }).toString() : json;
      const read = readPayload(decodeBody(Buffer.from(body)) ?? '');
      expect(read).toMatchObject({ text: 'the text' });
      expect(read && markedTextOf(read)).not.toBe('');
    }),
    { numRuns: 500 },
  );
});

const json = '{"text":"Grüße & + %41 €"}';
it.each([
  ['UTF-8', Buffer.from(json), undefined],
  ['a byte order mark', Buffer.from(`\ufeff${json}`), 'application/json'],
  ['two of them', Buffer.from(`\ufeff\ufeff ${json}`), 'application/json'],
  ['UTF-16', Buffer.from(`\ufeff${json}`, 'utf16le'), 'application/json'],
  ['UTF-16 by its name', Buffer.from(json, 'utf16le'), 'application/json; charset=UTF-16LE'],
  ['a form', Buffer.from(new URLSearchParams({ payload: json }).toString()), 'text/html'],
  ['a form as curl -d sends it', Buffer.from(`payload=${json}`), 'application/x-www-form-urlencoded'],
])('reads %s', (_, bytes, contentType) => {
  expect(readPayload(decodeBody(bytes, contentType) ?? '')?.text).toBe('Grüße & + %41 €');
});

it('reads Latin-1, declared or not, and refuses unknown character sets', () => {
  const bytes = Buffer.from('{"text":"Grüße"}', 'latin1');
  for (const contentType of ['application/json; charset=iso-8859-1', 'application/json; charset=utf-8', undefined]) {
    expect(readPayload(decodeBody(bytes, contentType) ?? '')?.text).toBe('Grüße');
  }
  expect(decodeBody(bytes, 'application/json; charset="klingon"')).toBeUndefined();
});
