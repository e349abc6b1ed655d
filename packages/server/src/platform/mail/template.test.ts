import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mailTemplate } from './template.ts';

const appUrl = 'https://atrium.example.org/team';

test('text and HTML say the same', () => {
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

test('nothing that is put in becomes markup', () => {
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
