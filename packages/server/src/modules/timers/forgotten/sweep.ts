import type { Preferences } from '@atrium/protocol';
import { Temporal } from 'temporal-polyfill';
import type { Database, Executor } from '../../../platform/database/index.ts';
import type { Transact } from '../../../platform/module/index.ts';
import { meOf, preferencesById } from '../../identity/index.ts';
import { lockTasks } from '../../tasks/index.ts';
import {
  endedWithin,
  MAX_ENTRY_MS,
  markAsked,
  peopleRunning,
  runningOf,
  runningOn,
  runningSince,
  type TimeEntryRow,
  unaskedSince,
} from '../../time-entries/index.ts';
import { clockBehindLocks } from '../rows/lock-store.ts';
import { presentForgotten } from '../rows/present.ts';
import { stopTimers } from '../sessions/closing.ts';
import { capReachedAt } from './cap.ts';
import { lastActionOf } from './store.ts';

export interface SweepDeps {
  database: Pick<Database, 'db'>;
  transact: Transact;
  clock: { now(): Date };
}

const HOUR_MS = 3_600_000;
const AT_ONCE = 500;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** Asks the user of a timer whether they forgot it. */
async function ask({ transact }: SweepDeps, { id, account_id: userId, started_at }: TimeEntryRow): Promise<void> {
  await transact({ actorId: null }, async ({ append, now, tx }) => {
    const last = await lastActionOf(tx, userId);
    const lastActionAt = last !== undefined && last > started_at ? last : null;
    const entry = await markAsked(tx, id, { now, lastActionAt });
    const forgotten = entry && presentForgotten(entry);
    if (forgotten) append(`user:${userId}`, 'timer:forgotten', forgotten);
  });
}

/** Asks about the timers that run longer than the user's preference. */
async function askForgotten(deps: SweepDeps): Promise<void> {
  const { clock, database } = deps;
  const now = clock.now().getTime();
  for (let after = FIRST_ID; ; ) {
    const found = await unaskedSince(database.db, new Date(now - HOUR_MS), after, AT_ONCE);
    const preferences = await preferencesById(database.db, [...new Set(found.map((entry) => entry.account_id))]);
    for (const entry of found) {
      const hours = preferences.get(entry.account_id)?.timerAskAfterHours ?? null;
      if (hours !== null && now - entry.started_at.getTime() >= hours * HOUR_MS) await ask(deps, entry);
    }
    const last = found.at(-1);
    if (last === undefined || found.length < AT_ONCE) return;
    after = last.id;
  }
}

/** Stops timers at the maximum length of an entry. */
async function stopTooLong({ clock, database, transact }: SweepDeps): Promise<void> {
  const before = new Date(clock.now().getTime() - MAX_ENTRY_MS);
  for (const { task_id: taskId } of await runningSince(database.db, before, AT_ONCE)) {
    await transact({ actorId: null }, async (work) => {
      await lockTasks(work.tx, [taskId]);
      const running = (await runningOn(work.tx, [taskId])).filter(({ started_at }) => started_at < before);
      await stopTimers(work, running, ({ started_at }) => ({
        at: new Date(started_at.getTime() + MAX_ENTRY_MS),
        reason: 'too_long',
      }));
    });
  }
}

function startOfDay(now: Date, timeZone: string): Date {
  const { epochMilliseconds } = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(timeZone)
    .startOfDay();
  return new Date(epochMilliseconds);
}

/** When a user's timers of today reached their daily cap; undefined if they have not. */
async function capOf(db: Executor, userId: string, hours: number, now: Date): Promise<Date | undefined> {
  const dayStart = startOfDay(now, (await meOf(db, userId)).timezone);
  const running = await runningOf(db, userId);
  const today = {
    endedMs: await endedWithin(db, userId, dayStart, now),
    runningSince: running.map(({ started_at }) => Math.max(started_at.getTime(), dayStart.getTime())),
  };
  const at = capReachedAt(today, hours * HOUR_MS, now.getTime());
  return at === undefined ? undefined : new Date(at);
}

/** Stops the timers of a user who has reached their daily cap. */
async function keepCap({ transact }: SweepDeps, userId: string, hours: number): Promise<void> {
  await transact({ actorId: null }, async (work) => {
    const { tx } = work;
    await lockTasks(tx, [...new Set((await runningOf(tx, userId)).map(({ task_id }) => task_id))].sort());
    const at = await capOf(tx, userId, hours, await clockBehindLocks(tx));
    if (at !== undefined) await stopTimers(work, await runningOf(tx, userId), { at, reason: 'daily_cap' });
  });
}

async function keepCaps(deps: SweepDeps): Promise<void> {
  const { clock, database } = deps;
  for (let after = FIRST_ID; ; ) {
    const userIds = await peopleRunning(database.db, after, AT_ONCE);
    const preferences: Map<string, Preferences> = await preferencesById(database.db, userIds);
    for (const userId of userIds) {
      const hours = preferences.get(userId)?.timerDailyCapHours ?? null;
      if (hours !== null && (await capOf(database.db, userId, hours, clock.now()))) await keepCap(deps, userId, hours);
    }
    const last = userIds.at(-1);
    if (last === undefined || userIds.length < AT_ONCE) return;
    after = last;
  }
}

/** Stops timers that are over a limit, and asks about those that were probably forgotten. */
export async function sweepTimers(deps: SweepDeps): Promise<void> {
  await stopTooLong(deps);
  await keepCaps(deps);
  await askForgotten(deps);
}
