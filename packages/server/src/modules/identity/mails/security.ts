import type { Operation } from '@atrium/protocol';
import { mailTemplate, queueMail } from '../../../platform/mail/index.ts';
import type { CommandContext } from '../../../platform/module/index.ts';
import type { AccountRow } from '../rows/account-store.ts';

type MailContext = Pick<CommandContext<Operation>, 'tx' | 'enqueue'>;
type Recipient = Pick<AccountRow, 'name' | 'email'>;

const APP_IS_SAFER =
  'An authenticator app is safer than codes by mail: who reads your mail cannot read it. You can turn one on in your settings.';

/** Mails a code for one occasion. */
export async function mailTwoFactorCode(
  context: MailContext,
  appUrl: string,
  account: Recipient,
  { code, occasion, minutes }: { code: string; occasion: string; minutes: number },
): Promise<void> {
  const body = mailTemplate({
    appUrl,
    title: 'Your code',
    paragraphs: [
      `Hello ${account.name}, this code is for ${occasion}. It works once, for ${minutes} minutes. Give it to nobody.`,
      'If that is not you, somebody knows your password: change it.',
      APP_IS_SAFER,
    ],
    code,
  });
  const to = { name: account.name, address: account.email };
  await queueMail(context, { to, subject: `${code} is your code`, ...body });
}

/** Tells a person of a change to how they sign in, in case it was not them. */
export async function mailNotice(
  context: MailContext,
  appUrl: string,
  account: Recipient,
  { title, words }: { title: string; words: string },
): Promise<void> {
  const body = mailTemplate({
    appUrl,
    title,
    paragraphs: [
      `Hello ${account.name}, ${words}`,
      'If that was not you, set a new password and sign all devices out.',
    ],
    action: { label: 'Set a new password', url: 'forgot-password' },
  });
  await queueMail(context, { to: { name: account.name, address: account.email }, subject: title, ...body });
}
