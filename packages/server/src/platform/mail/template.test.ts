import fc from 'fast-check';
import { LinkifyIt } from 'linkify-it';
import { describe, expect, test } from 'vitest';
import { mailTemplate } from './template.ts';
import { withoutLinks } from './without-links.ts';

const appUrl = 'https://atrium.example.org/team';

test('text and HTML have the same content', () => {
  const content = {
    appUrl,
    title: 'Confirm your address',
    paragraphs: ['Hello Ann,', 'type this code.'],
    code: '123456',
    action: { label: 'Confirm', url: 'verify?id=1&x=2' },
  };
  const { text, html } = mailTemplate(content);
  for (const said of ['Confirm your address', 'Hello Ann,', 'type this code.', '123456']) {
    expect(text).toContain(said);
    expect(html).toContain(said);
  }
  expect(text).toContain('Confirm: https://atrium.example.org/team/verify?id=1&x=2');
  expect(html).toContain('href="https://atrium.example.org/team/verify?id=1&amp;x=2"');
});

test('all input is escaped', () => {
  const tags = (html: string) => html.match(/<[^>]*>/g);
  const write = (value: string) =>
    mailTemplate({ appUrl, title: value, paragraphs: [value], code: value, action: { label: value, url: 'verify' } });
  const usual = tags(write('x').html);
  const wild = fc.array(fc.oneof(fc.constantFrom('<', '>', '"', "'", '&', '<script>', '<!--', '&lt;'), fc.string()));
  fc.assert(
    fc.property(
      wild.map((parts) => parts.join('')),
      (value) => {
        expect(tags(write(value).html)).toEqual(usual);
      },
    ),
  );
});

test.each([
  'https://evil.example.net/',
  '//evil.example.net/verify',
  'javascript:alert(1)',
  'data:text/html,x',
  'https://atrium.example.org@evil.example.net/',
  'https://user:pass@atrium.example.org/team/verify',
  'http://atrium.example.org/team/verify',
  'https://atrium.example.org:8443/team/verify',
  '/elsewhere',
  '../elsewhere',
  'https://atrium.example.org/teams',
])('a link to %s is refused', (url) => {
  const write = () => mailTemplate({ appUrl, title: 't', paragraphs: [], action: { label: 'Go', url } });
  expect(write).toThrow('an email may link to this Atrium only');
});

test.each([
  ['verify', 'https://atrium.example.org/team/verify'],
  ['/team/verify', 'https://atrium.example.org/team/verify'],
  ['https://atrium.example.org/team/#code', 'https://atrium.example.org/team/#code'],
])('a link to %s leads to this Atrium', (url, href) => {
  const { html } = mailTemplate({ appUrl, title: 't', paragraphs: [], action: { label: 'Go', url } });
  expect(html).toContain(`href="${href}"`);
});

describe('text from users', () => {
  /** Finds links in plain text like mail programs: with and without a scheme, and addresses. */
  const mailProgram = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true, fuzzyIP: true }).tlds('onion', true);
  const linksIn = (text: string) => (mailProgram.match(text) ?? []).map(({ url }) => url);
  const ours = (url: string) => url.startsWith('https://atrium.example.org/team');
  const plain = (html: string) =>
    html
      .replace(/<head>.*<\/head>/s, '')
      .replace(/<[^>]*>/g, ' ')
      .replaceAll('&amp;', '&');

  /** Mails with a value in every place for text. */
  const write = (value: string) =>
    mailTemplate({
      appUrl,
      title: value,
      paragraphs: [value, `${value} invites you to “${value}”.`],
      code: value,
      lists: [{ title: value, more: 2, items: [{ title: value, url: 'tasks/1', color: '#112233', details: [value] }] }],
      closing: value,
      action: { label: value, url: 'join#code' },
    });

  const values = [
    'Prize at https://evil.com now',
    'evil.com',
    'www.evil.com',
    'HTTP://EVIL.COM/a?b=c#d',
    'http://localhost:3000/x',
    '//evil.com',
    'ftp://evil.com',
    'mailto:eve@evil.com',
    'eve@evil.com',
    'http://10.0.0.1/x',
    '10.0.0.1',
    'münchen.com',
    'пример.com',
    'evil。com',
    'sub-domain.evil.co.uk:8080/path',
    'http:\\\\evil.com',
  ];

  test('P5 most of it would become links', () => {
    expect(values.filter((value) => linksIn(value).length > 0).length).toBeGreaterThan(10);
  });

  test.each(values)('P5 never becomes a link: %s', (value) => {
    const { text, html } = write(value);
    for (const shown of [text, plain(html)]) expect(linksIn(shown).filter((url) => !ours(url))).toEqual([]);
    expect(linksIn(text).filter(ours)).toHaveLength(3);
  });

  test('P5 never becomes a link, whatever it consists of', () => {
    const part = fc.constantFrom(
      ...values,
      '.',
      ':',
      '/',
      '@',
      'com',
      'evil',
      'www',
      ' ',
      '(',
      '"',
      '<',
      '1',
      '-',
      '_',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const { text, html } = write(parts.join(''));
        for (const shown of [text, plain(html)]) expect(linksIn(shown).filter((url) => !ours(url))).toEqual([]);
      }),
    );
  });

  test('P5 looks the same, and is unchanged if nothing would become a link', () => {
    expect(withoutLinks('evil.com').replaceAll('\u200a', '')).toBe('evil.com');
    for (const usual of ['Dr. Ann', 'Version 2.5', '17.30', 'Ann & Bob, Inc.', '终于。好的', '10:30', 'and/or']) {
      expect(withoutLinks(usual).replaceAll('\u200a', '')).toBe(usual);
    }
    for (const usual of ['Dr. Ann', 'Version 2.5', '30.11.2026', 'Ann & Bob, Inc.', '10:30', 'and/or']) {
      expect(withoutLinks(usual)).toBe(usual);
    }
  });
});
