import { type Generated, type Selectable, sql } from 'kysely';
import type { Executor, Transaction } from '../database/index.ts';
import { newId } from '../new-id.ts';
import type { Mail } from './mailbox.ts';

/** A queued or sent email. Its content is cleared once it is no longer needed, since it may contain codes. */
export interface MailTable {
  id: string;
  to_name: string;
  to_address: string;
  subject: string;
  text: string;
  html: string;
  state: Generated<'queued' | 'sent' | 'failed'>;
  attempts: Generated<number>;
  /** Set while a worker is sending it, so that a second attempt does not send it as well. */
  claimed_until: Date | null;
  error: string | null;
  message_id: string | null;
  created_at: Generated<Date>;
  /** From then on nobody tries to send it any more. */
  useful_until: Date;
  /** When it is tried next. */
  next_at: Generated<Date>;
  /** Whether its words stay after a failure, so that it can be sent again by hand; never those of codes. */
  keeps_text: Generated<boolean>;
  /** Whether nothing of it stays once it is sent or given up. */
  deleted_when_done: Generated<boolean>;
  /** Where one click ends mails of this kind (RFC 8058). */
  unsubscribe_url: string | null;
  /** The delivery that it carries out, where it has one. */
  delivery_id: string | null;
  sent_at: Date | null;
}

declare module '../database/index.ts' {
  interface Tables {
    mail: MailTable;
  }
}

export type MailRow = Selectable<MailTable>;

const MAX_ERROR_LENGTH = 500;

/** The database's time, as far as it is not ahead of its steady one: a clock that was set forward ends no claim. */
const timeBy = (steadyNow: Date) => sql<Date>`least(clock_timestamp(), ${steadyNow})`;

/** How a mail is sent. */
export interface MailOptions {
  /** Until when it is of use: it is tried again until then. A day unless given. */
  usefulUntil?: Date;
  /** It carries no code or link that lets anybody in: an administrator may send it again after it has failed. */
  keepsText?: boolean;
  /** Nothing of it stays once it is sent or given up: it goes to somebody who is no longer known here. */
  deletedWhenDone?: boolean;
  /** Where one click ends mails of this kind; for mails that people can end (RFC 8058). */
  unsubscribeUrl?: string;
  /** The delivery that it carries out. */
  deliveryId?: string;
}

/** Adds a queued mail. Returns its id. */
export async function insertMail(db: Executor, mail: Mail, options: MailOptions = {}): Promise<string> {
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
      useful_until: options.usefulUntil ?? sql<Date>`now() + interval '1 day'`,
      keeps_text: options.keepsText === true,
      deleted_when_done: options.deletedWhenDone === true,
      unsubscribe_url: options.unsubscribeUrl ?? null,
      delivery_id: options.deliveryId ?? null,
    })
    .execute();
  return id;
}

/** The result of a claim: the email, reserved for `claimMs`; or that another attempt has it; or nothing to do. */
export type Claim = { mail: MailRow & { message_id: string } } | 'busy' | 'gone';

/** Claims a queued email for sending. The first claim also sets its Message-ID, from the id and `domain`. */
export async function claimMail(
  db: Executor,
  id: string,
  { domain, claimMs, steadyNow }: { domain: string; claimMs: number; steadyNow: Date },
): Promise<Claim> {
  const { rows } = await sql<MailRow & { message_id: string }>`
    update mail set attempts = attempts + 1,
      claimed_until = ${timeBy(steadyNow)} + ${claimMs} * interval '1 millisecond',
      message_id = coalesce(message_id, '<' || id || '@' || ${domain}::text || '>')
    where id = ${id} and state = 'queued' and coalesce(claimed_until <= ${timeBy(steadyNow)}, true)
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

/** The cleared content of an email. */
const CLEARED = { subject: '(cleared)', text: '', html: '' } as const;

/** Marks an email as sent; `keepBody` keeps its content for the development mailbox. */
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
  await deleteDone(db, id);
}

/** Deletes a mail of which nothing stays, once it is sent or given up. */
async function deleteDone(db: Executor, id: string): Promise<void> {
  await sql`delete from mail where id = ${id} and state <> 'queued' and deleted_when_done`.execute(db);
}

/** Deletes all mails to an address, sent or not. */
export async function deleteMailsTo(tx: Transaction, address: string): Promise<void> {
  await sql`delete from mail where to_address = ${address}`.execute(tx);
}

const storable = (error: string) => error.slice(0, MAX_ERROR_LENGTH).toWellFormed().replaceAll('\0', '');

/** Gives a mail up, with the reason. Its words go, unless they may be sent again by hand. */
export async function markFailed(db: Executor, id: string, error: string): Promise<void> {
  await sql`
    update mail set state = 'failed', error = ${storable(error)}, claimed_until = null,
      subject = case when keeps_text then subject else ${CLEARED.subject} end,
      text = case when keeps_text then text else '' end, html = case when keeps_text then html else '' end
    where id = ${id} and state = 'queued'
  `.execute(db);
  await deleteDone(db, id);
}

/**
 * Notes a failed attempt and plans the next one.
 * @returns false, and changes nothing, when the mail would be of no use by then, or is not queued any more
 */
export async function planRetry(
  db: Executor,
  id: string,
  { afterMs, error, steadyNow }: { afterMs: number; error: string; steadyNow: Date },
): Promise<boolean> {
  const next = sql`${timeBy(steadyNow)} + ${afterMs} * interval '1 millisecond'`;
  const { rows } = await sql<{ id: string }>`
    update mail set error = ${storable(error)}, claimed_until = null, next_at = ${next}
    where id = ${id} and state = 'queued' and ${next} < useful_until
    returning id
  `.execute(db);
  return rows.length > 0;
}

/** Lets go of a mail whose sending was interrupted: another node may take it at once. */
export async function releaseMail(db: Executor, id: string): Promise<void> {
  await sql`update mail set claimed_until = null where id = ${id} and state = 'queued'`.execute(db);
}

/** Queued mails that are overdue by some minutes: their job was lost. They count as planned for now. */
export async function takeOverdue(
  db: Executor,
  minutes: number,
  { limit, steadyNow }: { limit: number; steadyNow: Date },
): Promise<string[]> {
  const now = timeBy(steadyNow);
  const { rows } = await sql<{ id: string }>`
    with overdue as (
      select id from mail
      where state = 'queued' and next_at < ${now} - ${minutes} * interval '1 minute'
        and coalesce(claimed_until < ${now}, true) and useful_until > ${now}
      limit ${limit} for update skip locked
    )
    update mail m set next_at = ${now} from overdue where overdue.id = m.id returning m.id
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** Queues a failed mail again, for a day. @returns false when it is not failed, or its words are gone */
export async function requeueMail(db: Executor, id: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update mail set state = 'queued', attempts = 0, next_at = now(), useful_until = now() + interval '1 day'
    where id = ${id} and state = 'failed' and keeps_text
    returning id
  `.execute(db);
  return rows.length > 0;
}

/** Mails in the order of their ids, newest first; without their words. */
export async function mailPage(
  db: Executor,
  state: MailRow['state'] | undefined,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<Omit<MailRow, 'text' | 'html'>[]> {
  const { rows } = await sql<Omit<MailRow, 'text' | 'html'>>`
    select id, to_name, to_address, subject, state, attempts, claimed_until, error, message_id, created_at, useful_until,
      next_at, keeps_text, unsubscribe_url, delivery_id, sent_at
    from mail
    where ${state === undefined ? sql`true` : sql`state = ${state}`}
      ${after === undefined ? sql`` : sql`and id < ${after}`}
    order by id desc limit ${limit}
  `.execute(db);
  return rows;
}

/** What became of a mail that carries out a delivery. */
export type DeliveryMail = Pick<MailRow, 'id' | 'state' | 'error' | 'keeps_text'>;

/** The mails that carry out deliveries, by the delivery's id. */
export async function mailsOfDeliveries(
  db: Executor,
  deliveryIds: readonly string[],
): Promise<Map<string, DeliveryMail>> {
  if (deliveryIds.length === 0) return new Map();
  const { rows } = await sql<DeliveryMail & { delivery_id: string }>`
    select id, state, error, keeps_text, delivery_id from mail where delivery_id = any(${deliveryIds}::uuid[])
  `.execute(db);
  return new Map(rows.map(({ delivery_id, ...mail }) => [delivery_id, mail]));
}

/** The delivery that a mail carries out; undefined: none, or there is no such mail. */
export async function deliveryOfMail(db: Executor, mailId: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string | null }>`select delivery_id as id from mail where id = ${mailId}`.execute(
    db,
  );
  return rows[0]?.id ?? undefined;
}

/** The newest emails, newest first, at most `limit` (200). */
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
 * Forgets what is no longer needed. Mails that are of no use any more are given up, in case their job was lost; all go
 * after `keepDays`, and the oldest go when there are more than `keepNewest`.
 */
export async function pruneMails(
  db: Executor,
  { keepDays, keepNewest, steadyNow }: { keepDays: number; keepNewest?: number | undefined; steadyNow: Date },
): Promise<void> {
  await sql`
    update mail set state = 'failed', error = coalesce(error, 'not sent while it was of use'),
      subject = case when keeps_text then subject else ${CLEARED.subject} end,
      text = case when keeps_text then text else '' end, html = case when keeps_text then html else '' end,
      claimed_until = null
    where state = 'queued' and useful_until < ${timeBy(steadyNow)}
      and coalesce(claimed_until < ${timeBy(steadyNow)}, true)
  `.execute(db);
  await sql`
    delete from mail
    where created_at < now() - ${keepDays} * interval '1 day' or deleted_when_done and state <> 'queued'
  `.execute(db);
  if (keepNewest === undefined) return;
  await sql`
    delete from mail where state <> 'queued' and id in (
      select id from mail order by created_at desc, id desc offset ${keepNewest}
    )
  `.execute(db);
}
