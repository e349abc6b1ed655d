import { expect, test } from 'vitest';
import { type MailboxEntry, mailboxPageHeaders, renderMailboxPage } from './mailbox-page.ts';

const entry: MailboxEntry = {
  id: '0197a000-0000-7000-8000-000000000000',
  toName: 'Ann',
  toAddress: 'ann@example.org',
  subject: 'Your code',
  text: 'The code is 123456.\n\nhttp://localhost:3000/verify?a=1&b=2\n',
  state: 'sent',
  createdAt: new Date('2026-01-02T03:04:05Z'),
};

test('the page shows mails in the given order, with links', () => {
  const page = renderMailboxPage([entry, { ...entry, subject: 'Older', state: 'failed' }]);
  expect(page.indexOf('Your code')).toBeLessThan(page.indexOf('Older'));
  expect(page).toContain('To Ann &lt;ann@example.org&gt;');
  expect(page).toContain('<a href="http://localhost:3000/verify?a=1&amp;b=2" rel="noreferrer">');
  expect(page).toContain('2026-01-02 03:04:05 UTC</time>, given up');
});

test('an empty mailbox says what to do', () => {
  expect(renderMailboxPage([])).toContain('No mail yet. Sign up with any address');
});

test('the content of a mail is always escaped', () => {
  const evil = '"><script>alert(1)</script><img src=x onerror=\'x\'>http://x/"onclick="y"';
  const page = renderMailboxPage([{ ...entry, id: evil, toName: evil, toAddress: evil, subject: evil, text: evil }]);
  expect(page).not.toMatch(/<script|<img src=x/);
  expect(page).not.toMatch(/["']\s*onclick=/);
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
});

test('the code of a mail is the largest text in it, if it is a separate line', () => {
  const page = (text: string) => renderMailboxPage([{ ...entry, text }]);
  expect(page('Hello\n\n    123456\n\nBye')).toContain('<p class="code"><code>123456</code></p>');
  expect(page('Hello\n\n    7K3M-9QXA-B2RT\n')).toContain('<p class="code"><code>7K3M-9QXA-B2RT</code></p>');
  expect(page('The code is 123456.')).not.toContain('class="code"');
});

test('the page has a link back, and its policy permits only its style and icon', () => {
  expect(renderMailboxPage([])).toContain('<a href="/">');
  expect(mailboxPageHeaders).toMatchObject({
    'cache-control': 'no-store',
    'content-security-policy': expect.stringMatching(/^default-src 'none'; style-src 'self'; img-src 'self'; base-uri/),
  });
  expect(renderMailboxPage([])).not.toMatch(/<style|<script/);
});

test('reloads by itself until that is stopped', () => {
  expect(renderMailboxPage([])).toMatch(/<meta http-equiv="refresh" content="5">[\s\S]*href="\/mailbox\?still">Stop/);
  const still = renderMailboxPage([], { still: true });
  expect(still).not.toContain('http-equiv="refresh"');
  expect(still).toContain('<a href="/mailbox">');
});
