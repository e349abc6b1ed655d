import type { Operation } from '@atrium/protocol';
import { mailTemplate, queueMail } from '../../../platform/mail/index.ts';
import type { CommandContext } from '../../../platform/module/index.ts';
import { type Addressee, addresseeOf } from './addressee.ts';

/** Notifies a person that a device was signed out because an old refresh token of it was used again. */
export async function mailTokenReused(
  context: Pick<CommandContext<Operation>, 'tx' | 'enqueue'>,
  appUrl: string,
  account: Addressee,
  device: string,
): Promise<void> {
  const title = 'A device was signed out';
  const { hello, to } = addresseeOf(account);
  const body = mailTemplate({
    appUrl,
    title,
    paragraphs: [
      `${hello}, one of your devices was signed out because a refresh token was used a second time.`,
      `The device: ${device}.`,
      'This can mean that someone has a copy of the token. Your other devices stay signed in. If in doubt, sign out all devices.',
    ],
  });
  await queueMail(context, { to, subject: title, ...body });
}
