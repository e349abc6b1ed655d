import process from 'node:process';
import type { Logger } from 'pino';
import type { Executor } from '../database/index.ts';
import { type HandledJob, type JobOwner, PermanentFailure } from '../jobs/index.ts';
import { sendMail } from './mail.ts';
import type { Mailbox } from './mailbox.ts';
import { DeliveryFailure, type OutgoingMail, type SendMail, smtpSender } from './smtp.ts';
import { claimMail, markFailed, markSent, pruneMails } from './store.ts';
import { terminalMail } from './terminal.ts';

export interface MailerOptions {
  db: Executor;
  log: Logger;
  /** Where mails go. Without it they stay in the development mailbox and are printed. */
  smtp?: { url: string; from: Mailbox } | undefined;
  /** Shows a block of text to whoever runs the program; the terminal's standard error by default. */
  print?: (block: string) => void;
  /** How long one delivery may take; 20 s by default. */
  sendMs?: number;
}

/** The part of the program that sends queued mails. */
export interface Mailer extends JobOwner {
  name: 'mail';
  jobs: [HandledJob];
  /** Begins to forget old mails, now and every hour. Returns how to end that. */
  start(): () => void;
}

const SEND_MS = 20_000;
const HOUR_MS = 3_600_000;
const DEVELOPMENT_MAILS = 200;
const DEVELOPMENT_DAYS = 7;
const KEEP_DAYS = 30;
const DEVELOPMENT_DOMAIN = 'atrium.invalid';

function printer(print: (block: string) => void): SendMail {
  return async (mail) => print(terminalMail(mail));
}

/** Makes the mailer; it does nothing until it is given to the job system. */
export function createMailer({ db, log, smtp, print, sendMs = SEND_MS }: MailerOptions): Mailer {
  const toTerminal = print ?? ((block: string) => void process.stderr.write(block));
  const send = smtp === undefined ? printer(toTerminal) : smtpSender(smtp);
  const domain = smtp?.from.address.split('@').at(-1) ?? DEVELOPMENT_DOMAIN;
  const keepBody = smtp === undefined;

  async function prune(): Promise<void> {
    try {
      await pruneMails(db, {
        keepDays: keepBody ? DEVELOPMENT_DAYS : KEEP_DAYS,
        keepNewest: keepBody ? DEVELOPMENT_MAILS : undefined,
      });
    } catch (error) {
      log.warn({ err: error }, 'old mails could not be removed');
    }
  }

  async function sendQueued(mailId: string, last: boolean, signal: AbortSignal): Promise<void> {
    // The claim lasts as long as sending may take: after a crash the next run begins then.
    const claim = await claimMail(db, mailId, { domain, claimMs: sendMs });
    if (claim === 'gone') return;
    if (claim === 'busy') throw new Error('another worker is sending this mail');
    const { mail } = claim;
    const outgoing: OutgoingMail = {
      to: { name: mail.to_name, address: mail.to_address },
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      messageId: mail.message_id,
      date: mail.created_at,
    };
    try {
      await send(outgoing, AbortSignal.any([signal, AbortSignal.timeout(sendMs)]));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const permanent = error instanceof DeliveryFailure && error.permanent;
      await markFailed(db, mailId, reason, permanent || (last && !signal.aborted));
      throw permanent ? new PermanentFailure(reason) : error;
    }
    await markSent(db, mailId, keepBody);
    if (keepBody) await prune();
  }

  return {
    name: 'mail',
    jobs: [sendMail.handledBy(({ mailId }, { last, signal }) => sendQueued(mailId, last, signal))],
    start() {
      void prune();
      const timer = setInterval(prune, HOUR_MS).unref();
      return () => clearInterval(timer);
    },
  };
}
