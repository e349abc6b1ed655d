import { type Mail, mailTemplate, queueMail } from '../../../platform/mail/index.ts';
import type { Work } from '../../../platform/module/index.ts';
import { contactsById } from '../../identity/index.ts';
import { preferencesWith } from '../deciding/preferences.ts';
import type { DeliveryHandler } from '../ledger/handler.ts';
import type { DeliveryRow } from '../ledger/tables.ts';
import { DIGEST, NOTIFICATION } from '../rows/kinds.ts';
import { notificationsById, unreadSince } from '../rows/notification-store.ts';
import { settingsOf } from '../rows/settings-store.ts';
import type { NotificationRow } from '../rows/tables.ts';
import { unsubscribeUrl } from '../unsubscribing/links.ts';
import { subjectsOf, type Viewing } from '../viewing/viewing.ts';

export interface MailDeps {
  appUrl: string;
  viewing: Pick<Viewing, 'isViewing'>;
}

const MAILED_AT_ONCE = 50;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FOOTER = 'You choose which mails you get in the settings of your account.';

/** Titles contain names that users chose: the subject must be one line. */
const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim() || 'Notification';
/** Paths in the app start with a slash; those in a mail are relative to the app's URL, which may have a path. */
const relative = (link: string | null) => (link ?? '/').replace(/^\/+/, '');

function sentence({ body, count }: NotificationRow): string {
  return count > 1 ? `${body} (and ${count - 1} more)` : body;
}

/** Loads the recipient of a delivery. */
async function reachable(work: Pick<Work, 'tx'>, userId: string): Promise<Mail['to'] | undefined> {
  const contact = (await contactsById(work.tx, [userId])).get(userId);
  return contact?.email ? { name: contact.name, address: contact.email } : undefined;
}

/** A mail that the person asked for is always sent. */
const isSeen = (viewing: MailDeps['viewing'], row: NotificationRow) =>
  row.type !== 'reminder' && viewing.isViewing(row.account_id, subjectsOf(row));

/** Mails one notification, unless it was read in the meantime or the person looks at its subject. */
async function mailOne(deps: MailDeps, work: Work, { id, account_id: userId, subject, useful_until }: DeliveryRow) {
  const { appUrl, viewing } = deps;
  const row = (await notificationsById(work.tx, [subject])).get(subject);
  if (row === undefined) return { state: 'withdrawn' as const, reason: 'removed' };
  if (row.read_at !== null) return { state: 'withdrawn' as const, reason: 'read' };
  if (isSeen(viewing, row)) return { state: 'withdrawn' as const, reason: 'looking' };
  const to = await reachable(work, userId);
  if (to === undefined) return { state: 'withdrawn' as const, reason: 'no_address' };
  const title = oneLine(row.title);
  const { text, html } = mailTemplate({
    appUrl,
    title,
    paragraphs: [sentence(row), FOOTER].filter((paragraph) => paragraph !== ''),
    action: { label: 'Open', url: relative(row.link) },
  });
  const unsubscribe = await unsubscribeUrl(work.tx, { appUrl, userId, kind: row.type });
  const options = { usefulUntil: useful_until, keepsText: true, unsubscribeUrl: unsubscribe, deliveryId: id };
  await queueMail(work, { to, subject: title, text, html }, options);
  return { state: 'sent' as const };
}

/** Mails all unread notifications of the last hour or day for which the person wants mails, as one mail. */
async function mailDigest({ appUrl }: MailDeps, work: Work, delivery: DeliveryRow) {
  const { id, account_id: userId, due_at, useful_until } = delivery;
  const { channels, digest } = preferencesWith((await settingsOf(work.tx, [userId])).get(userId));
  const since = new Date(due_at.getTime() - (digest.mode === 'hourly' ? HOUR_MS : DAY_MS));
  const rows = (await unreadSince(work.tx, userId, since, MAILED_AT_ONCE)).filter(({ type }) => channels[type].mail);
  if (rows.length === 0) return { state: 'withdrawn' as const, reason: 'read' };
  const to = await reachable(work, userId);
  if (to === undefined) return { state: 'withdrawn' as const, reason: 'no_address' };
  const title = rows.length === 1 ? '1 unread notification' : `${rows.length} unread notifications`;
  const { text, html } = mailTemplate({
    appUrl,
    title,
    paragraphs: [...rows.map((row) => `${row.title}: ${sentence(row)}`), FOOTER],
    action: { label: 'Open Atrium', url: '' },
  });
  const unsubscribe = await unsubscribeUrl(work.tx, { appUrl, userId, kind: 'all' });
  const options = { usefulUntil: useful_until, keepsText: true, unsubscribeUrl: unsubscribe, deliveryId: id };
  await queueMail(work, { to, subject: title, text, html }, options);
  return { state: 'sent' as const };
}

/** Notifications by mail, one by one or collected. The mail is queued in the transaction that marks it as sent. */
export function mailHandlers(deps: MailDeps): DeliveryHandler[] {
  return [
    { kind: NOTIFICATION, channel: 'mail', write: (work, delivery) => mailOne(deps, work, delivery) },
    { kind: DIGEST, channel: 'mail', write: (work, delivery) => mailDigest(deps, work, delivery) },
  ];
}
