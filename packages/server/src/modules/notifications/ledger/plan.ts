import type { Work } from '../../../platform/module/index.ts';
import { type DeliveryFilter, type PlannedDelivery, upsertDeliveries, withdrawPlanned } from './plan-store.ts';

/** What planning needs of a transaction. */
export type PlanningWork = Pick<Work, 'tx'>;

/**
 * Plans deliveries as part of the caller's transaction. Planning the same one again moves it, unless it was sent. Call
 * it after everything else is locked: deliveries come last, before the streams.
 */
export async function planDeliveries({ tx }: PlanningWork, wanted: readonly PlannedDelivery[]): Promise<void> {
  await upsertDeliveries(tx, wanted);
}

/**
 * Replaces all planned deliveries of one kind about one subject by `wanted`: others are withdrawn for `reason`. What
 * was sent stays sent, so a restored occurrence is not announced twice.
 */
export async function replanDeliveries(
  work: PlanningWork,
  {
    subject,
    kind,
    wanted,
    reason,
  }: {
    subject: string;
    kind: string;
    wanted: readonly Omit<PlannedDelivery, 'subject' | 'kind'>[];
    reason: string;
  },
): Promise<void> {
  const all = wanted.map((delivery) => ({ ...delivery, subject, kind }));
  await withdrawPlanned(work.tx, { subjects: [subject], kinds: [kind], except: all }, reason);
  await upsertDeliveries(work.tx, all);
}

/** Withdraws planned deliveries. @returns how many were withdrawn */
export async function withdrawDeliveries(
  { tx }: PlanningWork,
  filter: DeliveryFilter,
  reason: string,
): Promise<number> {
  return await withdrawPlanned(tx, filter, reason);
}
