import { periodLocks } from '@atrium/protocol';
import { Temporal } from 'temporal-polyfill';
import { type CommandContext, command, type Implementation, problem, read } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { meOf, recordAudit } from '../../identity/index.ts';
import { lockTasks, taskStream } from '../../tasks/index.ts';
import {
  addToBase,
  closeEntries,
  insertEntry,
  runningInWorkspace,
  runningOn,
  type TimeEntryRow,
  timerOf,
} from '../../time-entries/index.ts';
import { clockBehindLocks, lockPeriods } from '../rows/lock-store.ts';
import { deletePeriod, insertPeriod, periodsOf } from '../rows/period-store.ts';
import { presentPeriod } from '../rows/present.ts';
import type { PeriodLockRow } from '../rows/tables.ts';
import { splitBy } from './split.ts';

/** Maximum number of locked periods per workspace. */
const MAX_PERIODS = 500;
const YEARS = { first: 1970, last: 2200 };

const refuse = (path: string, code: string, message: string) =>
  problem('invalid_input', { errors: [{ path, code, message }] });

/** The instants at which the days from `first` to `last` begin and end in a time zone. Throws `invalid_input`. */
function instantsOf(first: string, last: string, zone: string): { from: Date; to: Date } {
  const [from, to] = [Temporal.PlainDate.from(first), Temporal.PlainDate.from(last)];
  for (const [path, { year }] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (year < YEARS.first || year > YEARS.last) {
      throw refuse(path, 'out_of_range', `must be in the years ${YEARS.first} to ${YEARS.last}`);
    }
  }
  if (Temporal.PlainDate.compare(from, to) > 0) throw refuse('to', 'too_small', 'must not be before `from`');
  const start = (day: Temporal.PlainDate) => new Date(day.toZonedDateTime(zone).epochMilliseconds);
  return { from: start(from), to: start(to.add({ days: 1 })) };
}

/** Splits a running timer of a locked task at the borders of the period. */
async function split({ tx }: Pick<CommandContext<never>, 'tx'>, entry: TimeEntryRow, period: PeriodLockRow, now: Date) {
  const [first, ...rest] = splitBy(entry.started_at, { from: period.from_at, to: period.to_at }, now);
  if (first?.end == null) return;
  await closeEntries(tx, [{ id: entry.id, stoppedAt: first.end, reason: 'period_locked', clockJumpMs: null }]);
  for (const { start, end } of rest) {
    const durationMs = end && end.getTime() - start.getTime();
    await insertEntry(tx, {
      ...entry,
      id: newId(),
      started_at: start,
      stopped_at: end,
      duration_ms: durationMs,
      stop_reason: end && 'period_locked',
    });
    await addToBase(tx, entry.task_id, durationMs ?? 0);
  }
}

/** Splits or stops the timers that run into a period. */
async function settle(context: CommandContext<typeof periodLocks.lock>, period: PeriodLockRow, now: Date) {
  const { append, tx } = context;
  const before = period.to_at < now ? period.to_at : now;
  const affected = await runningInWorkspace(tx, period.workspace_id, before);
  const taskIds = [...new Set(affected.map(({ taskId }) => taskId))];
  await lockTasks(tx, taskIds);
  for (const taskId of taskIds) {
    for (const entry of await runningOn(tx, [taskId])) await split(context, entry, period, now);
    append(taskStream(taskId), 'timer:corrected', { taskId, timer: await timerOf(tx, taskId) });
  }
}

/** Operations to lock periods of a workspace. */
export const periodOperations: readonly Implementation[] = [
  read(periodLocks.list, async ({ db, input }) => ({
    items: (await periodsOf(db, input.workspaceId)).map(presentPeriod),
    nextCursor: null,
  })),

  command(periodLocks.lock, async (context) => {
    const { actor, input, tx } = context;
    const { workspaceId, timeZone = (await meOf(tx, actor.userId)).timezone } = input;
    const { from, to } = instantsOf(input.from, input.to, timeZone);
    await lockPeriods(tx, workspaceId);
    const now = await clockBehindLocks(tx);
    if (from > now) throw refuse('from', 'too_big', 'must not be in the future: a period is locked once it has begun');
    if ((await periodsOf(tx, workspaceId)).length >= MAX_PERIODS) {
      throw problem('conflict', `A workspace has at most ${MAX_PERIODS} locked periods.`);
    }
    const row: PeriodLockRow = {
      id: newId(),
      workspace_id: workspaceId,
      first_day: input.from,
      last_day: input.to,
      time_zone: timeZone,
      from_at: from,
      to_at: to,
      locked_by: actor.userId,
      locked_at: now,
    };
    await insertPeriod(tx, row);
    await settle(context, row, now);
    const details = { workspaceId, from: input.from, to: input.to, timeZone };
    await recordAudit(tx, context, { kind: 'period_locked', actorId: actor.userId, targetId: row.id, details });
    return presentPeriod(row);
  }),

  command(periodLocks.unlock, async (context) => {
    const { actor, input, tx } = context;
    const { lockId, workspaceId } = input;
    await lockPeriods(tx, workspaceId);
    if (!(await deletePeriod(tx, workspaceId, lockId))) throw problem('not_found');
    await recordAudit(tx, context, {
      kind: 'period_unlocked',
      actorId: actor.userId,
      targetId: lockId,
      details: { workspaceId },
    });
    return {};
  }),
];
