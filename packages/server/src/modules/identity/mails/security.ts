import type { Operation } from '@atrium/protocol';
import { mailTemplate, queueMail } from '../../../platform/mail/index.ts';
import type { CommandContext } from '../../../platform/module/index.ts';
import type { AccountRow } from '../rows/account-store.ts';

type MailContext = Pick<CommandContext<Operation>, 'tx' | 'enqueue'>;
type Recipient = Pick<AccountRow, 'name' | 'email'>;

const APP_IS_SAFER = 'An authenticator app is safer than codes by email. You can set one up in your settings.';

/** Mails a second-factor code. */
export async function mailTwoFactorCode(
  context: MailContext & { now: Date },
  appUrl: string,
  account: Recipient,
  { code, occasion, minutes }: { code: string; occasion: string; minutes: number },
): Promise<void> {
  const body = mailTemplate({
    appUrl,
    title: 'Your code',
    paragraphs: [
      `Hello ${account.name}, this code is for ${occasion}. It works once and expires after ${minutes} minutes. Do not share it.`,
      'If this was not you, someone knows your password: change it.',
      APP_IS_SAFER,
    ],
    code,
  });
  const to = { name: account.name, address: account.email };
  const usefulUntil = new Date(context.now.getTime() + minutes * 60_000);
  await queueMail(context, { to, subject: `${code} is your code`, ...body }, { usefulUntil });
}

/** Notifies a person of a change to how they sign in. */
export async function mailNotice(
  context: MailContext,
  appUrl: string,
  account: Recipient,
  { title, text }: { title: string; text: string },
): Promise<void> {
  const body = mailTemplate({
    appUrl,
    title,
    paragraphs: [`Hello ${account.name}, ${text}`, 'If this was not you, set a new password and sign out all devices.'],
    action: { label: 'Set a new password', url: 'forgot-password' },
  });
  await queueMail(context, { to: { name: account.name, address: account.email }, subject: title, ...body });
}
