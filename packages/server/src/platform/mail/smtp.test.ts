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

/**
 * Sends all at once, because each connection waits a while for the server's greeting. Returns them in the same order.
 */
async function deliver(...changes: Partial<OutgoingMail>[]): Promise<ReceivedMail[]> {
  smtp.received.length = 0;
  const mails = changes.map((change, index) => ({ ...mail, messageId: `<${index}@example.com>`, ...change }));
  await Promise.all(mails.map((sent) => send(sent, AbortSignal.timeout(5_000))));
  expect(smtp.received).toHaveLength(mails.length);
  return mails.map(({ messageId }) => smtp.received.find(({ email }) => email.messageId === messageId)!);
}

function headerNames({ email }: ReceivedMail): string[] {
  return email.headers.map(({ key }) => key).sort();
}

/** In a folded header only white space may change. */
function spaced(text = ''): string {
  return text.replace(/\s+/g, ' ');
}

/** Names as people and attackers choose them: header syntax, line breaks, long runs, every script. */
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

test('S36 any name or subject results in one recipient and no further header', async () => {
  const usual = headerNames((await deliver({}))[0]!);
  const pairs = fc.array(fc.tuple(wild, wild), { minLength: 30, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(pairs, async (all) => {
      const { address } = mail.to;
      for (const received of await deliver(
        ...all.map(([name, rest]) => ({ to: { name, address }, subject: `x${rest}` })),
      )) {
        expect(received.recipients).toEqual([address]);
        expect(headerNames(received)).toEqual(usual);
        expect(received.email.to?.map((recipient) => recipient.address)).toEqual([address]);
        expect(received.email.text?.trim()).toBe('text');
      }
    }),
    { numRuns: 4 },
  );
});

test('text that can be queued arrives unchanged', async () => {
  const written = wild.map((text) => text.trim()).filter((text) => text !== '' && isHeaderText(text, 200));
  await fc.assert(
    fc.asyncProperty(fc.array(written, { minLength: 30, maxLength: 30 }), async (subjects) => {
      const arrived = (await deliver(...subjects.map((subject) => ({ subject })))).map(({ email }) => email.subject);
      // An invisible character keeps text that looks like an encoded word from being decoded.
      const seen = (text: string | undefined) => spaced((text ?? '').replaceAll('\u2060', ''));
      expect(arrived.map(seen)).toEqual(subjects.map(seen));
    }),
    { numRuns: 4 },
  );
});

test('S37 a mail says that it is automatic, and has a plain text part', async () => {
  const { email } = (await deliver({}))[0]!;
  expect(email.headers).toContainEqual(expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }));
  expect(email).toMatchObject({ messageId: '<0@example.com>', date: '2026-01-01T00:00:00.000Z' });
  expect(email.text?.trim()).toBe('text');
  expect(email.html?.trim()).toBe('<p>text</p>');
});
