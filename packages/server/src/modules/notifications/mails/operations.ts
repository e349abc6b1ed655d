import { mails, notifications } from '@atrium/protocol';
import { deliveryOfMail, type MailRow, mailPage, resendMail } from '../../../platform/mail/index.ts';
import { command, cutPage, type Implementation, idPage, problem, read } from '../../../platform/module/index.ts';
import { isDeliveryOf } from '../rows/decision-store.ts';

const presentMail = (row: Omit<MailRow, 'text' | 'html'>) => ({
  id: row.id,
  to: row.to_address,
  subject: row.keeps_text ? row.subject : '',
  state: row.state,
  attempts: row.attempts,
  error: row.error,
  createdAt: row.created_at.toISOString(),
  nextAttemptAt: row.state === 'queued' ? row.next_at.toISOString() : null,
  usefulUntil: row.useful_until.toISOString(),
  sentAt: row.sent_at?.toISOString() ?? null,
  canResend: row.state === 'failed' && row.keeps_text,
});

const CANNOT_RESEND = 'There is no failed mail with this id that can be sent again.';

/** The outcome of mails, for administrators of the instance and for the recipients. */
export const mailOperations: readonly Implementation[] = [
  read(mails.list, async ({ db, input }) => {
    const page = idPage(input);
    const { rows, nextCursor } = cutPage(await mailPage(db, input.state, page), page, ({ id }) => id);
    return { items: rows.map(presentMail), nextCursor };
  }),

  command(mails.resend, async (work) => {
    if (await resendMail(work, work.input.mailId)) return {};
    throw problem('not_found', CANNOT_RESEND);
  }),

  command(notifications.resendMail, async (work) => {
    const { mailId } = work.input;
    const deliveryId = await deliveryOfMail(work.tx, mailId);
    const isTheirs = deliveryId !== undefined && (await isDeliveryOf(work.tx, deliveryId, work.actor.userId));
    if (isTheirs && (await resendMail(work, mailId))) return {};
    throw problem('not_found', CANNOT_RESEND);
  }),
];
