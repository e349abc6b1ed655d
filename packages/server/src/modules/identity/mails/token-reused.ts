import type { Operation } from '@atrium/protocol';
import { mailTemplate, queueMail } from '../../../platform/mail/index.ts';
import type { CommandContext } from '../../../platform/module/index.ts';
import type { AccountRow } from '../rows/account-store.ts';

/** Tells a person that a device was signed out because an old key of it turned up. */
export async function mailTokenReused(
  context: Pick<CommandContext<Operation>, 'tx' | 'enqueue'>,
  appUrl: string,
  account: Pick<AccountRow, 'email' | 'name'>,
  device: string,
): Promise<void> {
  const title = 'A device was signed out';
  const body = mailTemplate({
    appUrl,
    title,
    paragraphs: [
      `Hello ${account.name}, one of your devices was signed out because a refresh token was used a second time.`,
      `The device: ${device}.`,
      'This can mean that someone has a copy of the token. Your other devices stay signed in. If in doubt, sign out all devices.',
    ],
  });
  await queueMail(context, { to: { name: account.name, address: account.email }, subject: title, ...body });
}
