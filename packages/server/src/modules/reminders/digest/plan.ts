import type { Work } from '../../../platform/module/index.ts';
import { planDeliveries, replanDeliveries } from '../../notifications/index.ts';
import { nextDigest } from './schedule.ts';
import { DIGEST, lastDigest } from './store.ts';

/** However late it is, its handler must plan the next one. */
const KEPT_MS = 365 * 86_400_000;

/** The recipient of a digest, and their time for it. */
export interface DigestWish {
  userId: string;
  zone: string;
  /** HH:MM; null: no digest. */
  time: string | null;
}

type Planning = Pick<Work, 'tx' | 'now'>;

async function nextOf({ tx, now }: Planning, { userId, zone, time }: DigestWish, catchesUp: boolean) {
  if (time === null) return [];
  const { at, on } = nextDigest({ zone, time, lastOn: await lastDigest(tx, userId), catchesUp }, now);
  const usefulUntil = new Date(at.getTime() + KEPT_MS);
  return [{ accountId: userId, occurrence: on, channel: 'mail' as const, dueAt: at, usefulUntil }];
}

/** Plans a person's next digest, replacing the planned one. */
export async function replanDigest(work: Planning, wish: DigestWish): Promise<void> {
  const wanted = await nextOf(work, wish, false);
  const reason = wish.time === null ? 'not_wanted' : 'moved';
  await replanDeliveries(work, { subject: wish.userId, kind: DIGEST, wanted, reason });
}

/**
 * Plans the digest after the one that is being sent, which is unchanged: today's, if the server was off until its time
 * had passed.
 */
export async function planNextDigest(work: Planning, wish: DigestWish): Promise<void> {
  const wanted = await nextOf(work, wish, true);
  await planDeliveries(
    work,
    wanted.map((each) => ({ ...each, subject: wish.userId, kind: DIGEST })),
  );
}
