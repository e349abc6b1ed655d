import { expect, test } from 'vitest';
import { parseMailbox } from './mailbox.ts';

test.each([
  ['atrium@example.com', { name: '', address: 'atrium@example.com' }],
  [' atrium@example.com ', { name: '', address: 'atrium@example.com' }],
  ['Atrium <atrium@example.com>', { name: 'Atrium', address: 'atrium@example.com' }],
  ['"Atrium, the desk" <atrium@example.com>', { name: 'Atrium, the desk', address: 'atrium@example.com' }],
  ['<atrium@example.com>', { name: '', address: 'atrium@example.com' }],
])('%s is a mailbox', (value, mailbox) => {
  expect(parseMailbox(value)).toEqual(mailbox);
});

test.each(['', 'Atrium', 'a@b@c', 'Atrium <a@b>, Eve <e@f>', 'A\nB <a@b>', 'A <a@b\r\n>', 'a@b c'])(
  '%j is not a mailbox',
  (value) => {
    expect(() => parseMailbox(value)).toThrow(RangeError);
  },
);
