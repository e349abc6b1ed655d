import type { Work } from '../../../platform/module/index.ts';
import type { DeliveryOutcome, DeliveryRow } from '../../notifications/index.ts';
import { lockReminder, updateReminder } from '../rows/reminder-store.ts';
import type { ReminderRow } from '../rows/tables.ts';
import { occurrenceAt, planNext } from '../timing/plan.ts';
import { isPending, nextOccurrence } from '../timing/timing.ts';
import { publishReminder } from '../view/events.ts';

const isAt = (at: Date | null, { occurrence }: DeliveryRow) => at !== null && occurrenceAt(at) === occurrence;

/** The locked reminder of a delivery; undefined if it was moved, completed or deleted. */
export async function lockDue({ tx }: Pick<Work, 'tx'>, delivery: DeliveryRow): Promise<ReminderRow | undefined> {
  const row = await lockReminder(tx, delivery.subject);
  if (row?.status !== 'open') return undefined;
  const isSnoozed = isAt(row.snoozed_until, delivery);
  return isSnoozed || (isAt(row.scheduled_at, delivery) && isPending(row)) ? row : undefined;
}

/** Records that a locked reminder was sent, and plans the next occurrence of a recurring one. */
export async function advance(
  work: Pick<Work, 'tx' | 'append' | 'now'>,
  row: ReminderRow,
  delivery: DeliveryRow,
): Promise<void> {
  const { now, tx } = work;
  const wasSnoozed = isAt(row.snoozed_until, delivery);
  const wasPlanned = isAt(row.scheduled_at, delivery);
  const sent = await updateReminder(tx, row.id, {
    updated_at: now,
    ...(wasSnoozed && { snoozed_until: null }),
    // A snooze in between does not affect the next occurrence.
    ...((wasPlanned || !isPending(row) || row.recurrence_rule === null) && { sent_at: now }),
    ...(wasPlanned && nextOccurrence(row, now)),
  });
  publishReminder(work, 'reminder:due', sent);
  await planNext(work, sent);
}

/** Withdraws a locked reminder whose recipient no longer sees its subject. */
export async function withdrawUnseen(
  work: Pick<Work, 'tx' | 'append' | 'now'>,
  row: ReminderRow,
): Promise<DeliveryOutcome> {
  const changes = { status: 'withdrawn', reason: 'no_access', updated_at: work.now } as const;
  publishReminder(work, 'reminder:updated', await updateReminder(work.tx, row.id, changes));
  return { state: 'withdrawn', reason: 'no_access' };
}
