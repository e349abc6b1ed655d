import type { Operation } from '@atrium/protocol';
import { mailTemplate, queueMail } from '../../../platform/mail/index.ts';
import type { CommandContext } from '../../../platform/module/index.ts';
import type { Keyring } from '../keys/keyring.ts';
import { type Addressee, addresseeOf } from '../mails/addressee.ts';
import type { AccountRow } from '../rows/account-store.ts';
import { codeMinutes, issueCode } from './code.ts';

type SendContext = Pick<CommandContext<Operation>, 'tx' | 'enqueue' | 'now'>;

/** Mails a new code, and a link that contains it, to the account's address. The older code stops working. */
export async function sendVerification(
  deps: { keyring: Pick<Keyring, 'codeHash'>; appUrl: string },
  context: SendContext,
  account: Pick<AccountRow, 'id'> & Addressee,
): Promise<void> {
  const subject = { accountId: account.id, email: account.email, purpose: 'verify_email' } as const;
  const code = await issueCode(context.tx, deps.keyring, subject, context.now);
  const { hello, to } = addresseeOf(account);
  const body = mailTemplate({
    appUrl: deps.appUrl,
    title: 'Your verification code',
    paragraphs: [
      `${hello}, enter this code to verify your email address. It expires after ${codeMinutes.verify_email} minutes.`,
      'If this was not you, ignore this email.',
    ],
    code,
    // The fragment is not logged by servers and proxies.
    action: { label: 'Verify the address', url: `verify-email#code=${code}` },
  });
  const usefulUntil = new Date(context.now.getTime() + codeMinutes.verify_email * 60_000);
  await queueMail(context, { to, subject: `${code} is your verification code`, ...body }, { usefulUntil });
}
