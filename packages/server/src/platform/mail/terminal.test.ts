import { expect, test } from 'vitest';
import { terminalMail } from './terminal.ts';

test('a mail is one block, and cannot change the terminal', () => {
  const block = terminalMail({
    to: { name: 'Ann', address: 'ann@example.org' },
    subject: 'Hi',
    text: 'one\r\n\ntwo \u001B[2J\u0007\u009B\n',
  });
  expect(block).toBe(`
┌─ mail (kept here, as no SMTP server is configured)
│ To: Ann <ann@example.org>
│ Subject: Hi
│
│ one
│
│ two \uFFFD[2J\uFFFD\uFFFD
└─
`);
});
