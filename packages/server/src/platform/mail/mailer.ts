import process from 'node:process';
import type { Logger } from 'pino';
import type { Clock } from '../clock/index.ts';
import type { Database } from '../database/index.ts';
import type { HandledJob, JobOwner, JobSystem } from '../jobs/index.ts';
import { nextAttemptMs } from './ladder.ts';
import { sendMail } from './mail.ts';
import type { Mailbox } from './mailbox.ts';
import { DeliveryFailure, type OutgoingMail, type SendMail, smtpSender } from './smtp.ts';
import {
  claimMail,
  type MailRow,
  markFailed,
  markSent,
  planRetry,
  pruneMails,
  releaseMail,
  takeOverdue,
} from './store.ts';
import { terminalMail } from './terminal.ts';

export interface MailerOptions {
  clock: Pick<Clock, 'steadyNow'>;
  database: Pick<Database, 'db' | 'transaction'>;
  /** Adds the jobs of later attempts. */
  addJobs: JobSystem['addJobs'];
  log: Logger;
  /** The mail server. Without one, emails stay in the development mailbox and are printed. */
  smtp?: { url: string; from: Mailbox } | undefined;
  /** Prints text for the operator; standard error of the terminal by default. */
  print?: ((block: string) => void) | undefined;
  /** Timeout of a delivery; default 20 s. */
  sendMs?: number;
  /** Delays after failed attempts, in ms; minutes and hours by default. */
  ladderMs?: readonly number[];
}

/** Sends queued emails. */
export interface Mailer extends JobOwner {
  name: 'mail';
  jobs: [HandledJob];
  /** Starts to delete old mails and to find lost ones, now and every 10 minutes. Returns a function that stops it. */
  start(): () => void;
}

const SEND_MS = 20_000;
const TIDY_MS = 10 * 60_000;
const OVERDUE_MINUTES = 10;
const RESCUED_AT_ONCE = 500;
const DEVELOPMENT_MAILS = 200;
/** Number of sent mails after which old ones are deleted again: doing so for each takes longer than sending. */
const FORGOTTEN_EVERY = 50;
const DEVELOPMENT_DAYS = 7;
const KEEP_DAYS = 30;
const DEVELOPMENT_DOMAIN = 'atrium.invalid';

function printer(print: (block: string) => void): SendMail {
  return async (mail) => print(terminalMail(mail));
}

/** Creates the mailer; it does nothing until it is added to the job system. */
export function createMailer(options: MailerOptions): Mailer {
  const { addJobs, clock, database, ladderMs, log, print, sendMs = SEND_MS, smtp } = options;
  const { db } = database;
  const toTerminal = print ?? ((block: string) => void process.stderr.write(block));
  const send = smtp === undefined ? printer(toTerminal) : smtpSender(smtp);
  const domain = smtp?.from.address.split('@').at(-1) ?? DEVELOPMENT_DOMAIN;
  const keepBody = smtp === undefined;
  let sentSincePrune = 0;

  /** Adds jobs for mails whose own was lost. */
  async function rescue(): Promise<void> {
    await database.transaction(async (tx) => {
      const lost = await takeOverdue(tx, OVERDUE_MINUTES, {
        limit: RESCUED_AT_ONCE,
        steadyNow: clock.steadyNow(),
      });
      await addJobs(
        tx,
        lost.map((mailId) => ({ job: sendMail, data: { mailId } })),
      );
    });
  }

  async function prune(): Promise<void> {
    try {
      await pruneMails(db, {
        keepDays: keepBody ? DEVELOPMENT_DAYS : KEEP_DAYS,
        keepNewest: keepBody ? DEVELOPMENT_MAILS : undefined,
        steadyNow: clock.steadyNow(),
      });
    } catch (error) {
      log.warn({ err: error }, 'could not delete old emails');
    }
  }

  /** Plans the next attempt with its job, or gives the mail up. Logs one line for each attempt. */
  async function failed({ id, attempts }: MailRow, error: unknown): Promise<void> {
    const reason = error instanceof Error ? error.message : String(error);
    const isPermanent = error instanceof DeliveryFailure && error.permanent;
    const afterMs = nextAttemptMs(attempts, ladderMs);
    const isPlanned =
      !isPermanent &&
      (await database.transaction(async (tx) => {
        if (!(await planRetry(tx, id, { afterMs, error: reason, steadyNow: clock.steadyNow() }))) return false;
        await addJobs(tx, [{ job: sendMail, data: { mailId: id }, delayMs: afterMs }]);
        return true;
      }));
    if (!isPlanned) await markFailed(db, id, reason);
    const about = { mail: id, attempt: attempts, reason };
    if (isPlanned) log.warn({ ...about, nextInMs: afterMs }, 'mail attempt failed');
    else log.error(about, 'mail given up');
  }

  async function sendQueued(mailId: string, signal: AbortSignal): Promise<void> {
    // The claim lasts as long as sending may take: after a crash the next run begins then.
    const claim = await claimMail(db, mailId, { domain, claimMs: sendMs, steadyNow: clock.steadyNow() });
    if (claim === 'gone') return;
    if (claim === 'busy') {
      // Another worker is sending it, or died while sending: in that case this job finds it again.
      await database.transaction((tx) => addJobs(tx, [{ job: sendMail, data: { mailId }, delayMs: sendMs }]));
      return;
    }
    const { mail } = claim;
    const outgoing: OutgoingMail = {
      to: { name: mail.to_name, address: mail.to_address },
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      messageId: mail.message_id,
      date: mail.created_at,
      unsubscribeUrl: mail.unsubscribe_url,
    };
    try {
      await send(outgoing, AbortSignal.any([signal, AbortSignal.timeout(sendMs)]));
    } catch (error) {
      // The server is stopping: the job goes back to the queue.
      if (signal.aborted) await releaseMail(db, mailId);
      else await failed(mail, error);
      return;
    }
    await markSent(db, mailId, keepBody);
    sentSincePrune += 1;
    if (keepBody && sentSincePrune % FORGOTTEN_EVERY === 0) await prune();
  }

  return {
    name: 'mail',
    jobs: [sendMail.handledBy(({ mailId }, { signal }) => sendQueued(mailId, signal))],
    start() {
      const tidy = () =>
        prune()
          .then(rescue)
          .catch((error: unknown) => log.warn({ err: error }, 'lost mails could not be queued again'));
      void tidy();
      const timer = setInterval(tidy, TIDY_MS).unref();
      return () => clearInterval(timer);
    },
  };
}
