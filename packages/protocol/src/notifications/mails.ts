import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, id, instant, limit, nothing, page } from '../core/primitives.ts';

const mailState = z.enum(['queued', 'sent', 'failed']);

/** A mail of the instance, without its text. */
export const sentMail = z.object({
  id,
  to: z.string(),
  subject: z.string().meta({ description: 'Empty for mails with codes, and cleared once a mail is sent' }),
  state: mailState,
  attempts: z.int(),
  error: z.string().nullable().meta({ description: 'Answer of the mail server to the last failed attempt' }),
  createdAt: instant,
  nextAttemptAt: instant.nullable(),
  usefulUntil: instant.meta({ description: 'Retries end at this time' }),
  sentAt: instant.nullable(),
  canResend: z.boolean(),
});
export type SentMail = z.infer<typeof sentMail>;

/** Mails and their delivery status, for administrators of the instance. */
export const mails = operationGroup('mails', {
  list: operation({
    summary: 'List mails and their delivery status',
    description: 'Newest first. Only mails of the last 30 days.',
    method: 'GET',
    path: '/admin/mails',
    access: 'instance:admin',
    limit: 'user',
    input: z.strictObject({ limit, cursor: cursor.optional(), state: mailState.optional() }),
    output: page(sentMail),
  }),
  resend: operation({
    summary: 'Send a failed mail again',
    description: 'Mails with sign-in codes or links cannot be sent again.',
    method: 'POST',
    path: '/admin/mails/:mailId/resend',
    access: 'instance:admin',
    limit: 'user',
    input: z.strictObject({ mailId: id }),
    output: nothing,
    errors: ['not_found'],
  }),
});
