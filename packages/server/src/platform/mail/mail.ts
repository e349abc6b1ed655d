import { characters, isStorableText } from '@atrium/protocol';
import { z } from 'zod';
import type { Transaction } from '../database/index.ts';
import { defineJob, type Enqueue } from '../jobs/index.ts';
import { problem } from '../problem/index.ts';
import { isHeaderText, isMailbox, type Mail } from './mailbox.ts';
import { insertMail, type MailOptions, requeueMail } from './store.ts';
import { withoutLinks } from './without-links.ts';

/** Sends a queued email. */
export const sendMail = defineJob('mail.send', z.strictObject({ mailId: z.uuid() }));

/** The part of a command context that queueing an email uses. */
export interface QueueContext {
  tx: Transaction;
  enqueue: Enqueue;
}

const MAX_SUBJECT_LENGTH = 200;
const MAX_TEXT_LENGTH = 20_000;
const MAX_HTML_LENGTH = 100_000;

function check(mail: Mail): void {
  const faults = [
    ...(isMailbox(mail.to) ? [] : [{ path: 'to', message: 'must be one address and a name in one line' }]),
    ...(mail.subject.trim() !== '' && isHeaderText(mail.subject, MAX_SUBJECT_LENGTH)
      ? []
      : [{ path: 'subject', message: `must be one line of 1 to ${MAX_SUBJECT_LENGTH} characters` }]),
    ...(isBody(mail.text, MAX_TEXT_LENGTH) ? [] : [{ path: 'text', message: 'is empty, too long or not storable' }]),
    ...(isBody(mail.html, MAX_HTML_LENGTH) ? [] : [{ path: 'html', message: 'is empty, too long or not storable' }]),
  ];
  if (faults.length === 0) return;
  throw problem('invalid_input', {
    detail: 'This mail cannot be sent.',
    errors: faults.map(({ path, message }) => ({ path: `mail.${path}`, code: 'invalid_text', message })),
  });
}

function isBody(value: string, maxLength: number): boolean {
  return value !== '' && characters(value) <= maxLength && isStorableText(value);
}

/** Bidirectional control characters, and characters after one at the end of a name. */
const TURNING = /[\u202A-\u202E\u2066-\u2069]/g;

/** Names appear inside our own sentences, without quotation marks. */
function straight({ to, subject, text, html }: Mail): Mail {
  const without = (value: string) => value.replace(TURNING, '');
  return {
    to: { name: without(to.name), address: to.address },
    subject: withoutLinks(without(subject)),
    text: without(text),
    html: without(html),
  };
}

/**
 * Queues an email in the caller's transaction: it is sent only if that commits. Throws the problem `invalid_input`
 * unless it has exactly one recipient and one-line headers.
 */
export async function queueMail(context: QueueContext, written: Mail, options: MailOptions = {}): Promise<void> {
  const mail = straight(written);
  check(mail);
  const mailId = await insertMail(context.tx, mail, options);
  context.enqueue(sendMail, { mailId });
}

/**
 * Queues a failed mail again, with its old Message-ID. @returns false if it has not failed, or if its text was deleted
 * because it contained a code
 */
export async function resendMail(context: QueueContext, mailId: string): Promise<boolean> {
  const isQueued = await requeueMail(context.tx, mailId);
  if (isQueued) context.enqueue(sendMail, { mailId });
  return isQueued;
}
