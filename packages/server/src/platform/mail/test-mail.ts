import { randomUUID } from 'node:crypto';
import type { Mailbox } from './mailbox.ts';
import { smtpSender } from './smtp.ts';
import { mailTemplate } from './template.ts';

const SEND_MS = 20_000;

/**
 * Sends a mail immediately, without the queue, to show that mails arrive.
 * @throws DeliveryFailure
 */
export async function sendTestMail(
  smtp: { url: string; from: Mailbox },
  { to, appUrl, now }: { to: Mailbox; appUrl: string; now: Date },
): Promise<void> {
  const body = mailTemplate({
    appUrl,
    title: 'Mails arrive',
    paragraphs: [`This mail was sent by "atrium testmail" for ${appUrl}. There is nothing else to do.`],
  });
  const messageId = `<${randomUUID()}@${smtp.from.address.split('@').at(-1)}>`;
  const mail = { to, subject: 'Test of your Atrium', ...body, messageId, date: now };
  await smtpSender(smtp)(mail, AbortSignal.timeout(SEND_MS));
}
