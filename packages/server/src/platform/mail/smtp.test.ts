import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isHeaderText } from './mailbox.ts';
import { type OutgoingMail, type SendMail, smtpSender } from './smtp.ts';
import { type ReceivedMail, startTestSmtp, type TestSmtp } from './test-smtp.ts';

const mail: OutgoingMail = {
  to: { name: 'Ann', address: 'ann@example.org' },
  subject: 'Hello',
  text: 'text\n',
  html: '<p>text</p>',
  messageId: '<1@example.com>',
  date: new Date('2026-01-01T00:00:00Z'),
};

let smtp: TestSmtp;
let send: SendMail;

beforeAll(async () => {
  smtp = await startTestSmtp();
  send = smtpSender({ url: smtp.url, from: { name: 'Atrium', address: 'atrium@example.com' } });
});
afterAll(() => smtp.close());

async function deliver(changes: Partial<OutgoingMail>): Promise<ReceivedMail> {
  smtp.received.length = 0;
  await send({ ...mail, ...changes }, AbortSignal.timeout(5_000));
  expect(smtp.received).toHaveLength(1);
  return smtp.received[0]!;
}

function headerNames({ email }: ReceivedMail): string[] {
  return email.headers.map(({ key }) => key).sort();
}

/** What people and attackers put into names: header syntax, line breaks, long runs, every script. */
const wild = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\r\n',
        '\n',
        '\r',
        'Bcc: eve@example.net',
        '\r\nBcc: eve@example.net\r\n\r\n',
        ',',
        ';',
        '<',
        '>',
      ),
      fc.constantFrom(
        '"',
        '\\',
        '@',
        ' ',
        '=?utf-8?B?',
        '?=',
        '<eve@example.net>',
        ', eve@example.net',
        ':',
        '\t',
        '\u2028',
      ),
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.constant('x'.repeat(80)),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => parts.join('').slice(0, 200));

test('whatever a name or subject holds, there is one recipient and no header more', async () => {
  const usual = headerNames(await deliver({}));
  await fc.assert(
    fc.asyncProperty(wild, wild, async (name, subject) => {
      const received = await deliver({ to: { name, address: mail.to.address }, subject });
      expect(received.recipients).toEqual([mail.to.address]);
      expect(headerNames(received)).toEqual(usual);
      expect(received.email.to?.map(({ address }) => address)).toEqual([mail.to.address]);
      expect(received.email.text?.trim()).toBe('text');
    }),
    { numRuns: 60 },
  );
});

test('what may be queued arrives as it was written', async () => {
  const written = wild.map((text) => text.trim()).filter((text) => text !== '' && isHeaderText(text, 200));
  await fc.assert(
    fc.asyncProperty(written, async (subject) => {
      const received = await deliver({ subject });
      expect(received.email.subject?.replace(/\s+/g, ' ')).toBe(subject.replace(/\s+/g, ' '));
    }),
    { numRuns: 40 },
  );
});

test('a mail says that nobody reads answers, and has a plain text part', async () => {
  const { email } = await deliver({});
  expect(email.headers).toContainEqual(expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }));
  expect(email).toMatchObject({ messageId: mail.messageId, date: '2026-01-01T00:00:00.000Z' });
  expect(email.text?.trim()).toBe('text');
  expect(email.html?.trim()).toBe('<p>text</p>');
});
