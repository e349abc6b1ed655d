import type { Money, ParsedInputOf, timesheets } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { periodOf } from '../../../platform/days/index.ts';
import { problem } from '../../../platform/module/index.ts';
import { meOf, usersById } from '../../identity/index.ts';
import { type FullTask, taskById, taskFor, tasksById } from '../../tasks/index.ts';
import { type EntryScope, entriesBetween, type SheetEntryRow } from '../../time-entries/index.ts';
import { membershipOf, rolesOf, seenBy } from '../../workspaces/index.ts';
import { type Line, roundLines, type SheetEntry, splitOverDays } from './lines.ts';

/** The time to add up, and how. */
export type SheetQuery = Omit<ParsedInputOf<typeof timesheets.get>, 'by'>;

/** A sheet with its entries. */
export interface Sheet {
  lines: Line[];
  timeZone: string;
  asOf: Date;
}

/** Maximum number of entries in one sheet; larger ones must be filtered. */
const MAX_ENTRIES = 20_000;

const refuse = (path: string, code: string, message: string) =>
  problem('invalid_input', { errors: [{ path, code, message }] });

interface Scope extends EntryScope {
  /** The viewer is an admin of the workspace, and sees everyone who has ever worked there. */
  knowsAll: boolean;
}

/**
 * Whose time a user may add up: their own; on a task that they see, everybody's; in a workspace that they manage, too.
 * @throws `not_found`, `forbidden` for the time of others
 */
async function scopeFor(db: Executor, viewerId: string, { taskId, userId, workspaceId }: SheetQuery): Promise<Scope> {
  if (taskId !== undefined) {
    const { task } = await taskFor(db, viewerId, await taskById(db, taskId));
    if (workspaceId !== undefined && workspaceId !== task.workspace_id) throw problem('not_found');
    return { taskId, userId, knowsAll: false };
  }
  let runs = false;
  if (workspaceId !== undefined) {
    const membership = await membershipOf(db, workspaceId, viewerId);
    if (membership === undefined) throw problem('not_found');
    runs = membership.role === 'owner' || membership.role === 'admin';
  }
  if (!runs && userId !== undefined && userId !== viewerId) throw problem('forbidden');
  return { workspaceId, userId: runs ? userId : viewerId, knowsAll: runs };
}

const rateOf = ({ rate_currency: currency, rate_minor: amountMinor }: SheetEntryRow): Money | null =>
  currency === null || amountMinor === null ? null : { currency, amountMinor };

/** Whether a user whose role shows them the whole workspace may see the task itself. */
const isOpenTo = ({ member_ids, visibility }: FullTask, viewerId: string) =>
  visibility === 'workspace' || member_ids.includes(viewerId);

/** Adds to entries what a sheet shows of them. For a task visible to its members only, admins see only the time. */
async function describe(
  db: Executor,
  viewerId: string,
  rows: readonly SheetEntryRow[],
  { asOf, knowsAll }: { asOf: Date; knowsAll: boolean },
): Promise<SheetEntry[]> {
  const userIds = [...new Set(rows.map(({ account_id }) => account_id))];
  const people = await usersById(db, knowsAll ? userIds : [viewerId, ...(await seenBy(db, viewerId, userIds))]);
  const tasks = await tasksById(
    db,
    rows.map(({ task_id }) => task_id),
  );
  const roles = await rolesOf(db, viewerId);
  const own = new Set(rows.filter((row) => row.account_id === viewerId).map((row) => row.task_id));
  return rows.map((row) => {
    const task = tasks.get(row.task_id);
    const isHidden = task !== undefined && !own.has(task.id) && !isOpenTo(task, viewerId);
    const role = roles.get(row.workspace_id);
    return {
      id: row.id,
      kind: row.kind,
      userId: row.account_id,
      taskId: row.task_id,
      startMs: row.started_at.getTime(),
      stopMs: (row.stopped_at ?? asOf).getTime(),
      durationMs: row.duration_ms ?? asOf.getTime() - row.started_at.getTime(),
      isRunning: row.stopped_at === null,
      note: isHidden ? '' : row.note,
      reason: isHidden ? null : row.reason,
      corrects: row.corrects,
      billable: row.billable,
      rate: role === 'owner' || role === 'admin' ? rateOf(row) : null,
      person: people.get(row.account_id)?.name ?? 'Former member',
      task: isHidden ? 'Private task' : (task?.title ?? row.gone_title ?? 'Deleted task'),
      category: isHidden ? '' : (task?.category ?? row.gone_category ?? ''),
    };
  });
}

/**
 * Reads a sheet as a user may see it.
 * @param now by the database's clock; running timers count up to it
 * @throws `not_found`, `forbidden`, `invalid_input`
 */
export async function loadSheet(db: Executor, viewerId: string, query: SheetQuery, now: Date): Promise<Sheet> {
  const timeZone = query.timeZone ?? (await meOf(db, viewerId)).timezone;
  const days = periodOf(query, timeZone);
  const { knowsAll, ...scope } = await scopeFor(db, viewerId, query);
  const end = days.starts.at(-1) ?? 0;
  const between = { from: new Date(days.starts[0] ?? 0), to: new Date(end) };
  const rows = await entriesBetween(db, scope, between, MAX_ENTRIES + 1);
  if (rows.length > MAX_ENTRIES) {
    throw refuse('to', 'too_many', `there are more than ${MAX_ENTRIES} entries: ask for fewer days, or for one person`);
  }
  const { billable, category, rounding: mode, roundMinutes: minutes, roundPer: per } = query;
  const entries = (await describe(db, viewerId, rows, { asOf: now, knowsAll })).filter(
    (entry) =>
      (billable === undefined || entry.billable === billable) &&
      (category === undefined || entry.category === category),
  );
  return { lines: roundLines(splitOverDays(entries, days), { mode, minutes, per }), timeZone, asOf: now };
}
