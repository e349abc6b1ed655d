import type { Operation } from '@atrium/protocol';
import { mailTemplate, queueMail } from '../../../platform/mail/index.ts';
import type { CommandContext } from '../../../platform/module/index.ts';
import { type Addressee, addresseeOf } from './addressee.ts';

type MailContext = Pick<CommandContext<Operation>, 'tx' | 'enqueue'>;

const APP_IS_SAFER = 'An authenticator app is safer than codes by email. You can set one up in your settings.';

/** Mails a second-factor code. */
export async function mailTwoFactorCode(
  context: MailContext & { now: Date },
  appUrl: string,
  account: Addressee,
  { code, occasion, minutes }: { code: string; occasion: string; minutes: number },
): Promise<void> {
  const { hello, to } = addresseeOf(account);
  const body = mailTemplate({
    appUrl,
    title: 'Your code',
    paragraphs: [
      `${hello}, this code is for ${occasion}. It works once and expires after ${minutes} minutes. Do not share it.`,
      'If this was not you, someone knows your password: change it.',
      APP_IS_SAFER,
    ],
    code,
  });
  const usefulUntil = new Date(context.now.getTime() + minutes * 60_000);
  await queueMail(context, { to, subject: `${code} is your code`, ...body }, { usefulUntil });
}

/** Notifies a person of a change to how they sign in. */
export async function mailNotice(
  context: MailContext,
  appUrl: string,
  account: Addressee,
  { title, text }: { title: string; text: string },
): Promise<void> {
  const { hello, to } = addresseeOf(account);
  const body = mailTemplate({
    appUrl,
    title,
    paragraphs: [`${hello}, ${text}`, 'If this was not you, set a new password and sign out all devices.'],
    action: { label: 'Set a new password', url: 'forgot-password' },
  });
  await queueMail(context, { to, subject: title, ...body });
}
