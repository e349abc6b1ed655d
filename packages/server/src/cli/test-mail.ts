import { Command } from 'commander';
import { appUrlOf } from '../config.ts';
import { parseMailbox, sendTestMail } from '../platform/mail/index.ts';
import type { Cli } from './cli.ts';
import { CommandFailure, EXIT } from './exit-codes.ts';

/** `atrium testmail`: sends one mail without the queue. */
export function testMailCommand(cli: () => Cli): Command {
  return new Command('testmail')
    .description('send one mail through SMTP_URL')
    .argument('<address>', 'who gets it')
    .action((address: string) => run(cli(), address));
}

async function run(cli: Cli, address: string): Promise<void> {
  const config = cli.config();
  if (config.smtpUrl === undefined) {
    throw new CommandFailure('SMTP_URL is not set, so no mail can be sent.', EXIT.config, 'Set it; see .env.example.');
  }
  const to = recipient(address);
  const appUrl = appUrlOf(config);
  try {
    await sendTestMail({ url: config.smtpUrl, from: parseMailbox(config.mailFrom) }, { to, appUrl, now: new Date() });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandFailure(`The mail was not accepted: ${reason}`, EXIT.unavailable, '"atrium doctor" says more.');
  }
  cli.result({ sent: to.address }, `The mail server accepted a mail to ${to.address}. See whether it arrives.`);
}

function recipient(address: string) {
  try {
    return parseMailbox(address);
  } catch (error) {
    throw new CommandFailure(`<address>: ${error instanceof Error ? error.message : String(error)}`, EXIT.usage);
  }
}
