import type { ForgottenTimer, Money, PeriodLock, TimeEntry } from '@atrium/protocol';
import { presentSession, type TimeEntryRow } from '../../time-entries/index.ts';
import type { PeriodLockRow } from './tables.ts';

/** A timer that was probably forgotten. */
export function presentForgotten(row: TimeEntryRow): ForgottenTimer | undefined {
  if (row.asked_at === null) return undefined;
  return {
    entryId: row.id,
    taskId: row.task_id,
    startedAt: row.started_at.toISOString(),
    askedAt: row.asked_at.toISOString(),
    lastActionAt: row.last_action_at?.toISOString() ?? null,
  };
}

/** Further data for presenting an entry to a user. */
export interface EntryView {
  overlaps: boolean;
  showsRate: boolean;
  can: TimeEntry['can'];
}

function rateOf({ rate_minor, rate_currency }: TimeEntryRow): Money | null {
  return rate_minor === null || rate_currency === null ? null : { amountMinor: rate_minor, currency: rate_currency };
}

/** An entry as presented to a user. */
export function presentEntry(row: TimeEntryRow, { overlaps, showsRate, can }: EntryView): TimeEntry {
  return {
    ...presentSession(row),
    kind: row.kind,
    durationMs: row.duration_ms,
    note: row.note,
    billable: row.billable,
    rate: showsRate ? rateOf(row) : null,
    authorId: row.author_id,
    reason: row.reason,
    corrects: row.corrects,
    createdAt: row.created_at.toISOString(),
    stopReason: row.stop_reason,
    overlaps,
    review: row.clock_jump_ms !== null,
    version: row.version,
    can,
  };
}

/** A locked period. */
export function presentPeriod(row: PeriodLockRow): PeriodLock {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    from: row.first_day,
    to: row.last_day,
    timeZone: row.time_zone,
    lockedBy: row.locked_by,
    lockedAt: row.locked_at.toISOString(),
  };
}
