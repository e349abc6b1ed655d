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
  /** After this time it is not sent any more. */
  useful_until: Date;
  /** The time of the next attempt. */
  next_at: Generated<Date>;
  /** Whether its text is kept after a failure, so that it can be sent again manually; never for codes. */
  keeps_text: Generated<boolean>;
  /** Whether it is deleted once it is sent or given up. */
  deleted_when_done: Generated<boolean>;
  /** The URL for one-click unsubscription (RFC 8058). */
  unsubscribe_url: string | null;
  /** The delivery that it belongs to, if any. */
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

/** The database's time, limited by its steady time: a clock that was set forward ends no claim. */
const timeBy = (steadyNow: Date) => sql<Date>`least(clock_timestamp(), ${steadyNow})`;

/** Options of a mail. */
export interface MailOptions {
  /** The time until which it is useful: it is retried until then. A day unless given. */
  usefulUntil?: Date;
  /** It contains no code or link that grants access: an administrator may send it again after it has failed. */
  keepsText?: boolean;
  /** It is deleted once it is sent or given up: its recipient no longer has an account. */
  deletedWhenDone?: boolean;
  /** The URL for one-click unsubscription, for mails that can be unsubscribed from (RFC 8058). */
  unsubscribeUrl?: string;
  /** The delivery that it belongs to. */
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

/** Deletes a mail that must not be kept, once it is sent or given up. */
async function deleteDone(db: Executor, id: string): Promise<void> {
  await sql`delete from mail where id = ${id} and state <> 'queued' and deleted_when_done`.execute(db);
}

/** Deletes all mails to an address, sent or not. */
export async function deleteMailsTo(tx: Transaction, address: string): Promise<void> {
  await sql`delete from mail where to_address = ${address}`.execute(tx);
}

const storable = (error: string) => error.slice(0, MAX_ERROR_LENGTH).toWellFormed().replaceAll('\0', '');

/** Gives up a mail, with the reason. Its text is deleted, unless it may be sent again manually. */
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
 * Records a failed attempt and plans the next one.
 * @returns false, and changes nothing, if the mail would be useless by then, or is no longer queued
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

/** Releases a mail whose sending was interrupted: another node may claim it immediately. */
export async function releaseMail(db: Executor, id: string): Promise<void> {
  await sql`update mail set claimed_until = null where id = ${id} and state = 'queued'`.execute(db);
}

/** Queued mails that are overdue by some minutes: their job was lost. Their next attempt is set to now. */
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

/** Queues a failed mail again, for a day. @returns false if it has not failed, or its text was deleted */
export async function requeueMail(db: Executor, id: string): Promise<boolean> {
  const { rows } = await sql<{ id: string }>`
    update mail set state = 'queued', attempts = 0, next_at = now(), useful_until = now() + interval '1 day'
    where id = ${id} and state = 'failed' and keeps_text
    returning id
  `.execute(db);
  return rows.length > 0;
}

/** Mails sorted by id, newest first; without their text. */
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

/** The outcome of a mail that belongs to a delivery. */
export type DeliveryMail = Pick<MailRow, 'id' | 'state' | 'error' | 'keeps_text'>;

/** The mails of deliveries, by the delivery's id. */
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

/** The delivery that a mail belongs to; undefined if there is none, or no such mail. */
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
 * Deletes what is no longer needed. Useless queued mails are given up, in case their job was lost; all mails are
 * deleted after `keepDays`, and the oldest if there are more than `keepNewest`.
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
