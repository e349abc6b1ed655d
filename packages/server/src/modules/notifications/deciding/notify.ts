import { firstCharacters, type NotificationCause, type NotificationType } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import type { Work } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { type Contact, contactsById } from '../../identity/index.ts';
import { chosenStatuses } from '../../presence/index.ts';
import { planDeliveries } from '../ledger/plan.ts';
import type { PlannedDelivery } from '../ledger/plan-store.ts';
import { insertDecisions, recentDeliveries } from '../rows/decision-store.ts';
import { peopleWithDevices } from '../rows/device-store.ts';
import { DIGEST, NOTIFICATION } from '../rows/kinds.ts';
import { type NewNotification, writeNotifications } from '../rows/notification-store.ts';
import { levelsIn, settingsOf } from '../rows/settings-store.ts';
import type { DecisionRow, NotificationRow } from '../rows/tables.ts';
import { type Decided, type Decision, decide } from './policy.ts';
import { preferencesWith } from './preferences.ts';
import { nextDigest, quietUntil } from './quiet-hours.ts';

/** Something that somebody is to be told. */
export interface WantedNotification {
  /** Whom to tell. Programs and deleted accounts are left out. */
  accountId: string;
  type: NotificationType;
  cause: NotificationCause;
  /** In English; up to 200 characters are kept. */
  title: string;
  /** Up to 500 characters are kept. */
  body: string;
  /** A path in the web app. */
  link?: string | undefined;
  /** Who caused it. */
  actorId?: string | undefined;
  workspaceId?: string | undefined;
  conversationId?: string | undefined;
  /** With `conversationId`: reading up to its position reads the notification. */
  message?: { id: string; seq: number } | undefined;
  taskId?: string | undefined;
  /** Events with the same key, up to 100 characters, are one notification until the person reads it. */
  groupKey?: string | undefined;
  /** Whether the message mentions or answers the person. */
  addressed?: boolean | undefined;
  /** By which channels the person asked for it, whatever they prefer otherwise. */
  channels?: { mail: boolean; push: boolean } | undefined;
  /** The person asked for it at this time: neither quiet hours nor the hourly cap hold it back. */
  urgent?: boolean | undefined;
  /** For how long mails and push messages about it are of use, in ms; 12 hours unless given. */
  usefulMs?: number | undefined;
}

const USEFUL_MS = 12 * 3_600_000;

/** What is known of the people, loaded in a few queries however many they are. */
async function loadFacts(db: Executor, wanted: readonly WantedNotification[]) {
  const ids = [...new Set(wanted.map(({ accountId }) => accountId))];
  const levels = new Map<string, Awaited<ReturnType<typeof levelsIn>>>();
  for (const { conversationId } of wanted) {
    if (conversationId !== undefined && !levels.has(conversationId)) {
      levels.set(conversationId, await levelsIn(db, conversationId, ids));
    }
  }
  return {
    levels,
    contacts: await contactsById(db, ids),
    settings: await settingsOf(db, ids),
    withDevices: await peopleWithDevices(db, ids),
    statuses: await chosenStatuses(db, ids),
    recent: await recentDeliveries(db, ids, NOTIFICATION),
  };
}

type Facts = Awaited<ReturnType<typeof loadFacts>>;

function decideFor(want: WantedNotification, contact: Contact, facts: Facts, now: Date): Decision {
  const { accountId, conversationId } = want;
  const preferences = preferencesWith(facts.settings.get(accountId));
  const { mode, time } = preferences.digest;
  return decide({
    type: want.type,
    preferences,
    requested: want.channels,
    urgent: want.urgent === true,
    conversation:
      conversationId === undefined
        ? undefined
        : { level: facts.levels.get(conversationId)?.get(accountId), addressed: want.addressed === true },
    hasAddress: contact.email !== null,
    hasDevice: facts.withDevices.has(accountId),
    doNotDisturb: facts.statuses.get(accountId) === 'dnd',
    recent: facts.recent.get(accountId) ?? 0,
    quietUntil: quietUntil(preferences.quietHours, contact.timezone, now),
    digestAt: mode === 'off' ? undefined : nextDigest({ mode, time }, contact.timezone, now),
    now,
  });
}

function rowOf(want: WantedNotification, shown: boolean, now: Date): NewNotification {
  return {
    id: newId(),
    account_id: want.accountId,
    type: want.type,
    cause: want.cause,
    title: firstCharacters(want.title, 200),
    body: firstCharacters(want.body, 500),
    link: want.link ?? null,
    workspace_id: want.workspaceId ?? null,
    conversation_id: want.conversationId ?? null,
    message_id: want.message?.id ?? null,
    message_seq: want.message?.seq ?? null,
    task_id: want.taskId ?? null,
    actor_ids: want.actorId === undefined ? [] : [want.actorId],
    group_key: want.groupKey ?? null,
    shown,
    updated_at: now,
  };
}

/** The mails and push messages about a written notification. Its count says which event of it they are about. */
function deliveriesOf(
  { id, account_id: accountId, count }: NotificationRow,
  { mail, push }: Decision,
  usefulMs: number,
): PlannedDelivery[] {
  const planned = (channel: 'mail' | 'push', { at, inDigest }: Decided): PlannedDelivery[] => {
    if (at === undefined) return [];
    const usefulUntil = new Date(at.getTime() + usefulMs);
    const times = { accountId, channel, dueAt: at, usefulUntil };
    return inDigest
      ? [{ ...times, kind: DIGEST, subject: accountId, occurrence: at.toISOString() }]
      : [{ ...times, kind: NOTIFICATION, subject: id, occurrence: `${count}` }];
  };
  return [...planned('mail', mail), ...planned('push', push)];
}

function decisionRow(
  want: WantedNotification,
  decision: Decision,
  row: NotificationRow | undefined,
  now: Date,
): DecisionRow {
  return {
    id: newId(),
    account_id: want.accountId,
    at: now,
    type: want.type,
    cause: want.cause,
    notification_id: row?.id ?? null,
    occurrence: `${row?.count ?? 0}`,
    workspace_id: want.workspaceId ?? null,
    conversation_id: want.conversationId ?? null,
    task_id: want.taskId ?? null,
    channels: (['app', 'mail', 'push'] as const).map((channel) => {
      const { used, reason, at } = decision[channel];
      return { channel, used, reason, plannedFor: at?.toISOString() ?? null };
    }),
  };
}

const keyOf = (accountId: string, groupKey: string | null | undefined, at: number) => `${accountId} ${groupKey ?? at}`;

/**
 * Tells people something, as part of the caller's transaction: writes it for them, plans mails and push messages as they
 * prefer, and keeps why. Somebody who is named twice with one group key is told once. Call it last: it locks nothing
 * that is locked before.
 */
export async function notify(
  work: Pick<Work, 'tx' | 'append' | 'now'>,
  wanted: readonly WantedNotification[],
): Promise<void> {
  if (wanted.length === 0) return;
  const { append, now, tx } = work;
  const facts = await loadFacts(tx, wanted);
  const once = new Map(wanted.map((want, at) => [keyOf(want.accountId, want.groupKey, at), want]));
  const decided = [...once.values()].flatMap((want) => {
    const contact = facts.contacts.get(want.accountId);
    if (contact === undefined) return [];
    const decision = decideFor(want, contact, facts, now);
    const isWritten = decision.app.used || decision.mail.used || decision.push.used;
    return [{ want, decision, row: isWritten ? rowOf(want, decision.app.used, now) : undefined }];
  });
  const rows = decided.flatMap(({ row }) => row ?? []);
  const written = await writeNotifications(tx, rows);
  const byKey = new Map(
    written.map((row) => [row.group_key === null ? row.id : `${row.account_id} ${row.group_key}`, row]),
  );
  const all = decided.map(({ want, decision, row }) => ({
    want,
    decision,
    written: row && byKey.get(row.group_key === null ? row.id : `${row.account_id} ${row.group_key}`),
  }));
  await insertDecisions(
    tx,
    all.map((each) => decisionRow(each.want, each.decision, each.written, now)),
  );
  await planDeliveries(
    work,
    all.flatMap(({ want, decision, written: row }) =>
      row === undefined ? [] : deliveriesOf(row, decision, want.usefulMs ?? USEFUL_MS),
    ),
  );
  for (const { written: row } of all) {
    if (row?.shown) {
      append(`user:${row.account_id}`, 'notification', { notificationId: row.id, userId: row.account_id });
    }
  }
}
