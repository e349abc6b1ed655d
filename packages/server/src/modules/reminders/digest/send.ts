import { queueMail } from '../../../platform/mail/index.ts';
import type { Work } from '../../../platform/module/index.ts';
import { contactsById, preferencesById } from '../../identity/index.ts';
import {
  type DeliveryHandler,
  type DeliveryOutcome,
  type DeliveryRow,
  noteMail,
  unsubscribeUrl,
} from '../../notifications/index.ts';
import { openTasksDueBy } from '../../tasks/index.ts';
import { digestMail } from './mail.ts';
import { planNextDigest } from './plan.ts';
import { boundsOf } from './schedule.ts';
import { DIGEST, noteDigest } from './store.ts';

const isDueOn = (on: string, from: Date) => (task: { due_at: Date | null; due_on: string | null }) =>
  task.due_at === null ? task.due_on === on : task.due_at >= from;

/** Mails the tasks due on the day, if there are any. */
async function mailDay(work: Work, appUrl: string, delivery: DeliveryRow) {
  const { account_id: userId, occurrence: on } = delivery;
  const contact = (await contactsById(work.tx, [userId])).get(userId);
  if (!contact?.email) return { state: 'withdrawn', reason: 'no_address' } as const;
  const { timezone: zone, name, email: address } = contact;
  const { from, to } = boundsOf(on, zone);
  if (work.now >= to) return { state: 'withdrawn', reason: 'the day is over' } as const;
  const tasks = await openTasksDueBy(work.tx, userId, { on, to });
  const today = tasks.filter(isDueOn(on, from));
  if (today.length === 0) return { state: 'withdrawn', reason: 'nothing is due' } as const;
  const overdue = tasks.filter((task) => !today.includes(task));
  const { subject, text, html } = digestMail({ appUrl, zone, today, overdue });
  const unsubscribe = await unsubscribeUrl(work.tx, { appUrl, userId, kind: 'morning_digest' });
  const options = { usefulUntil: to, keepsText: true, unsubscribeUrl: unsubscribe, deliveryId: delivery.id };
  await queueMail(work, { to: { name, address }, subject, text, html }, options);
  await noteMail(work, delivery, { type: 'upcoming', cause: 'tasks_due_today' });
  return { state: 'sent' } as const;
}

/** Sends the digest of a day at most once, and plans the one of the next day. */
async function send(work: Work, appUrl: string, delivery: DeliveryRow): Promise<DeliveryOutcome> {
  const { account_id: userId, occurrence: on } = delivery;
  const isFirst = await noteDigest(work.tx, userId, on);
  const contact = (await contactsById(work.tx, [userId])).get(userId);
  if (contact === undefined) return { state: 'withdrawn', reason: 'deleted' };
  const time = (await preferencesById(work.tx, [userId])).get(userId)?.morningDigestAt ?? null;
  const outcome = isFirst
    ? await mailDay(work, appUrl, delivery)
    : ({ state: 'withdrawn', reason: 'sent before' } as const);
  await planNextDigest(work, { userId, zone: contact.timezone, time });
  return outcome;
}

/** The morning digest by mail, queued in the transaction that marks it as sent. */
export function digestHandler(appUrl: string): DeliveryHandler {
  return { kind: DIGEST, channel: 'mail', write: (work, delivery) => send(work, appUrl, delivery) };
}
