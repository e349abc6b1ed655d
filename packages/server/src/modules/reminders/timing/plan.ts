import type { Work } from '../../../platform/module/index.ts';
import { planDeliveries, replanDeliveries } from '../../notifications/index.ts';
import { isPosted } from '../rows/policy.ts';
import type { ReminderRow } from '../rows/tables.ts';
import { isPending } from './timing.ts';

/** The kind of delivery. */
export const REMINDER = 'reminder';

/** However late it is sent, its handler must run: a recurring one has to continue. */
const KEPT_MS = 365 * 86_400_000;

/** The occurrence of a delivery: its instant. */
export const occurrenceAt = (at: Date): string => at.toISOString();

/** The instants at which a reminder is still to be sent. */
export function timesOf(row: ReminderRow, now: Date): Date[] {
  const { before, scheduled_at: at, snoozed_until, status } = row;
  if (status !== 'open') return [];
  if (snoozed_until !== null && row.recurrence_rule === null) return [snoozed_until];
  const isDue = at !== null && isPending(row) && (before === null || at > now);
  return [...(snoozed_until === null ? [] : [snoozed_until]), ...(isDue ? [at] : [])];
}

/** The deliveries that a reminder still needs. */
function deliveriesOf(row: ReminderRow, now: Date) {
  return timesOf(row, now).map((dueAt) => ({
    accountId: row.account_id,
    occurrence: occurrenceAt(dueAt),
    channel: isPosted(row) ? ('chat' as const) : ('app' as const),
    dueAt,
    usefulUntil: new Date(dueAt.getTime() + KEPT_MS),
  }));
}

/** Updates the ledger for a locked reminder. Call it last: deliveries are locked after everything else. */
export async function planReminder(work: Pick<Work, 'tx' | 'now'>, row: ReminderRow): Promise<void> {
  const reason = row.reason ?? (row.status === 'done' ? 'completed' : 'moved');
  await replanDeliveries(work, { subject: row.id, kind: REMINDER, wanted: deliveriesOf(row, work.now), reason });
}

/** Plans the deliveries after the one that is being sent, which is unchanged. */
export async function planNext(work: Pick<Work, 'tx' | 'now'>, row: ReminderRow): Promise<void> {
  const wanted = deliveriesOf(row, work.now);
  await planDeliveries(
    work,
    wanted.map((each) => ({ ...each, subject: row.id, kind: REMINDER })),
  );
}
