import { type Generated, type Selectable, sql } from 'kysely';
import type { Executor } from '../database/index.ts';
import { newId } from '../new-id.ts';
import type { Mail } from './mailbox.ts';

/** A mail on its way or sent. Its words are cleared once nobody needs them any more: they carry codes. */
export interface MailTable {
  id: string;
  to_name: string;
  to_address: string;
  subject: string;
  text: string;
  html: string;
  state: Generated<'queued' | 'sent' | 'failed'>;
  attempts: Generated<number>;
  /** While a worker is sending it; so that a second run of the same job does not send it as well. */
  claimed_until: Date | null;
  error: string | null;
  message_id: string | null;
  created_at: Generated<Date>;
  sent_at: Date | null;
}

declare module '../database/index.ts' {
  interface Tables {
    mail: MailTable;
  }
}

export type MailRow = Selectable<MailTable>;

const MAX_ERROR_LENGTH = 500;

/** Adds a queued mail. Returns its id. */
export async function insertMail(db: Executor, mail: Mail): Promise<string> {
  const id = newId();
  await db
    .insertInto('mail')
    .values({
      id,
      to_name: mail.to.name,
      to_address: mail.to.address,
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
    })
    .execute();
  return id;
}

/** What a run of the job finds: the mail, now its own for `claimMs`; or that another run has it; or nothing to do. */
export type Claim = { mail: MailRow & { message_id: string } } | 'busy' | 'gone';

/** Takes a queued mail for sending. The first claim also settles its Message-ID, made from the id and `domain`. */
export async function claimMail(
  db: Executor,
  id: string,
  { domain, claimMs }: { domain: string; claimMs: number },
): Promise<Claim> {
  const { rows } = await sql<MailRow & { message_id: string }>`
    update mail set attempts = attempts + 1,
      claimed_until = clock_timestamp() + ${claimMs} * interval '1 millisecond',
      message_id = coalesce(message_id, '<' || id || '@' || ${domain}::text || '>')
    where id = ${id} and state = 'queued' and coalesce(claimed_until <= clock_timestamp(), true)
    returning *
  `.execute(db);
  if (rows[0] !== undefined) return { mail: rows[0] };
  const waiting = await db
    .selectFrom('mail')
    .select('id')
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .executeTakeFirst();
  return waiting === undefined ? 'gone' : 'busy';
}

/** What is left of a mail's words. */
const CLEARED = { subject: '(cleared)', text: '', html: '' } as const;

/** Marks a mail as sent; `keepBody` leaves the words for the development mailbox. */
export async function markSent(db: Executor, id: string, keepBody: boolean): Promise<void> {
  await db
    .updateTable('mail')
    .set({
      state: 'sent',
      sent_at: sql<Date>`clock_timestamp()`,
      claimed_until: null,
      error: null,
      ...(keepBody ? {} : CLEARED),
    })
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .execute();
}

/** Notes a failed try: `final` gives the mail up and clears its words, otherwise it stays queued and free to claim. */
export async function markFailed(db: Executor, id: string, error: string, final: boolean): Promise<void> {
  await db
    .updateTable('mail')
    .set({
      error: error.slice(0, MAX_ERROR_LENGTH).toWellFormed().replaceAll('\0', ''),
      claimed_until: null,
      ...(final ? { state: 'failed' as const, ...CLEARED } : {}),
    })
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .execute();
}

/** The newest mails, newest first, at most `limit` (200). */
export async function newestMails(db: Executor, limit = 200): Promise<MailRow[]> {
  return await db
    .selectFrom('mail')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/**
 * Forgets what is no longer needed. Mails that were never sent are given up after a day, in case their job was lost;
 * all go after `keepDays`, and the oldest go when there are more than `keepNewest`.
 */
export async function pruneMails(
  db: Executor,
  { keepDays, keepNewest }: { keepDays: number; keepNewest?: number | undefined },
): Promise<void> {
  await sql`
    update mail set state = 'failed', error = coalesce(error, 'not sent within a day'),
      subject = ${CLEARED.subject}, text = ${CLEARED.text}, html = ${CLEARED.html}, claimed_until = null
    where state = 'queued' and created_at < now() - interval '1 day'
  `.execute(db);
  await sql`delete from mail where created_at < now() - ${keepDays} * interval '1 day'`.execute(db);
  if (keepNewest === undefined) return;
  await sql`
    delete from mail where state <> 'queued' and id in (
      select id from mail order by created_at desc, id desc offset ${keepNewest}
    )
  `.execute(db);
}
