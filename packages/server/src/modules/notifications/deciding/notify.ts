import { firstCharacters, type NotificationCause, type NotificationType } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import type { Work } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { type Contact, contactsById } from '../../identity/index.ts';
import { chosenStatuses } from '../../presence/index.ts';
import { planDeliveries } from '../ledger/plan.ts';
import { lockPlanned, type PlannedDelivery } from '../ledger/plan-store.ts';
import type { DeliveryChannel } from '../ledger/tables.ts';
import { insertDecisions } from '../rows/decision-store.ts';
import { ownFactsOf } from '../rows/facts-store.ts';
import { DIGEST, NOTIFICATION } from '../rows/kinds.ts';
import { type NewNotification, writeNotifications } from '../rows/notification-store.ts';
import { levelsIn } from '../rows/settings-store.ts';
import type { DecisionRow, NotificationRow } from '../rows/tables.ts';
import { type Decided, type Decision, decide } from './policy.ts';
import { preferencesWith } from './preferences.ts';
import { nextDigest, quietUntil } from './quiet-hours.ts';

/** A notification to send. */
export interface WantedNotification {
  /** The recipients. Bots and deleted accounts are left out. */
  accountId: string;
  type: NotificationType;
  cause: NotificationCause;
  /** In English; truncated to 200 characters. */
  title: string;
  /** Truncated to 500 characters. */
  body: string;
  /** A path in the web app. */
  link?: string | undefined;
  /** The user who caused it. */
  actorId?: string | undefined;
  /** The users who caused its events, most recent first, if there are several. */
  actorIds?: readonly string[] | undefined;
  /** The number of events that it covers; 1 unless given. */
  events?: number | undefined;
  workspaceId?: string | undefined;
  conversationId?: string | undefined;
  /**
   * With `conversationId`. It gets its position later (`setMessagePositions`): reading up to there reads the notification.
   */
  message?: { id: string; threadId: string | null } | undefined;
  taskId?: string | undefined;
  /** Events with the same key, up to 100 characters, share a notification until the person reads it. */
  groupKey?: string | undefined;
  /** Whether the message mentions or answers the person. */
  addressed?: boolean | undefined;
  /** The channels that the person asked for, whatever their preferences. */
  channels?: { mail: boolean; push: boolean } | undefined;
  /** The person asked for it at this time: neither quiet hours nor the hourly cap delay it. */
  urgent?: boolean | undefined;
  /** How long mails and push messages about it are useful, in ms; 12 hours unless given. */
  usefulMs?: number | undefined;
}

const USEFUL_MS = 12 * 3_600_000;
/** Maximum number of stored actors per notification. */
const KEPT_ACTORS = 20;

const actorsOf = ({ actorId, actorIds }: WantedNotification): readonly string[] =>
  actorIds ?? (actorId === undefined ? [] : [actorId]);

/** Merges notifications for one person with one group key; the last one determines the text. */
function merged(wanted: readonly WantedNotification[]): WantedNotification[] {
  const byKey = new Map<string, WantedNotification>();
  for (const [at, want] of wanted.entries()) {
    const key = `${want.accountId} ${want.groupKey ?? at}`;
    const before = byKey.get(key);
    if (before === undefined) byKey.set(key, want);
    else {
      const actorIds = [...new Set([...actorsOf(want), ...actorsOf(before)])];
      byKey.set(key, { ...want, actorIds, events: (before.events ?? 1) + (want.events ?? 1) });
    }
  }
  return [...byKey.values()];
}

/** People's levels for conversations: by conversation, then by account. */
type Levels = Awaited<ReturnType<typeof levelsIn>>;

/** Facts that a caller has already loaded. */
export interface KnownFacts {
  levels?: Levels;
  /** Contact data of the people, and possibly of others. */
  contacts?: ReadonlyMap<string, Contact>;
}

/** Loads the facts about people, in a few queries however many they are. */
async function loadFacts(db: Executor, wanted: readonly WantedNotification[], { levels, contacts }: KnownFacts) {
  const ids = [...new Set(wanted.map(({ accountId }) => accountId))];
  const conversationIds = [...new Set(wanted.flatMap(({ conversationId }) => conversationId ?? []))];
  const facts = await ownFactsOf(db, ids, NOTIFICATION);
  const withDevices = ids.filter((id) => facts.get(id)?.hasDevice);
  return {
    levels: levels ?? (await levelsIn(db, conversationIds, ids)),
    contacts: contacts ?? (await contactsById(db, ids)),
    own: facts,
    // Only push messages depend on it.
    statuses: withDevices.length === 0 ? new Map() : await chosenStatuses(db, withDevices),
  };
}

type Facts = Awaited<ReturnType<typeof loadFacts>>;

function decideFor(want: WantedNotification, contact: Contact, facts: Facts, now: Date): Decision {
  const { accountId, conversationId } = want;
  const own = facts.own.get(accountId);
  const preferences = preferencesWith(own?.changes);
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
    hasDevice: own?.hasDevice === true,
    doNotDisturb: facts.statuses.get(accountId) === 'dnd',
    recent: own?.recent ?? 0,
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
    message_seq: null,
    thread_id: want.message?.threadId ?? null,
    task_id: want.taskId ?? null,
    actor_ids: actorsOf(want).slice(0, KEPT_ACTORS),
    count: want.events ?? 1,
    group_key: want.groupKey ?? null,
    shown,
    updated_at: now,
  };
}

/** The mails and push messages of a written notification. Its count tells which of its events they are about. */
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
    delivery_id: null,
    channels: (['app', 'mail', 'push'] as const).map((channel) => {
      const { used, reason, at } = decision[channel];
      return { channel, used, reason, plannedFor: at?.toISOString() ?? null };
    }),
  };
}

const keyOf = (row: Pick<NotificationRow, 'id' | 'account_id' | 'group_key'>) =>
  row.group_key === null ? row.id : `${row.account_id} ${row.group_key}`;

/** Whether it became part of an unread notification. */
const isGrown = (want: WantedNotification, { count }: NotificationRow) => count > (want.events ?? 1);

/** The decision without channels whose planned mail or push message covers it as well. */
function withoutRepeats(decision: Decision, planned: ReadonlySet<DeliveryChannel> | undefined): Decision {
  const once = (channel: 'mail' | 'push'): Decided => {
    const { used, inDigest } = decision[channel];
    const repeats = used && inDigest !== true && planned?.has(channel) === true;
    return repeats ? { used: false, reason: 'grouped' } : decision[channel];
  };
  return { app: decision.app, mail: once('mail'), push: once('push') };
}

/**
 * Notifies people, as part of the caller's transaction: writes the notifications, plans mails and push messages
 * according to preferences, and records the reasons. Events with one group key share a notification. Call it last: it
 * locks nothing that is locked earlier.
 */
export async function notify(
  work: Pick<Work, 'tx' | 'append' | 'now'>,
  wanted: readonly WantedNotification[],
  known: KnownFacts = {},
): Promise<void> {
  if (wanted.length === 0) return;
  const { append, now, tx } = work;
  const facts = await loadFacts(tx, wanted, known);
  const decided = merged(wanted).flatMap((want) => {
    const contact = facts.contacts.get(want.accountId);
    if (contact === undefined) return [];
    const decision = decideFor(want, contact, facts, now);
    const isWritten = decision.app.used || decision.mail.used || decision.push.used;
    return [{ want, decision, row: isWritten ? rowOf(want, decision.app.used, now) : undefined }];
  });
  const rows = await writeNotifications(
    tx,
    decided.flatMap(({ row }) => row ?? []),
  );
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  const written = decided.map(({ row, ...each }) => ({ ...each, row: row && byKey.get(keyOf(row)) }));
  const grown = written.flatMap(({ want, row }) => (row && isGrown(want, row) ? [row.id] : []));
  const planned = await lockPlanned(tx, grown, NOTIFICATION);
  const all = written.map(({ want, decision, row }) => ({
    want,
    decision: withoutRepeats(decision, row && planned.get(row.id)),
    row,
  }));
  await insertDecisions(
    tx,
    all.map(({ want, decision, row }) => decisionRow(want, decision, row, now)),
  );
  await planDeliveries(
    work,
    all.flatMap(({ want, decision, row }) =>
      row === undefined ? [] : deliveriesOf(row, decision, want.usefulMs ?? USEFUL_MS),
    ),
  );
  for (const { row } of all) {
    if (row?.shown) {
      append(`user:${row.account_id}`, 'notification', { notificationId: row.id, userId: row.account_id });
    }
  }
}
