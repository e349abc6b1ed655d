import { type TimeEntry, timeEntries } from '@atrium/protocol';
import { validate } from 'uuid';
import {
  type CommandContext,
  command,
  decodeCursor,
  encodeCursor,
  type Implementation,
  invalidCursor,
  problem,
  read,
} from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { recordAudit } from '../../identity/index.ts';
import { lockForChange, manages, maySee, type TaskSubject, taskStream } from '../../tasks/index.ts';
import {
  addToBase,
  correctionsOf,
  type EntryPosition,
  entryById,
  entryPage,
  insertEntry,
  MAX_ENTRY_MS,
  openTaskTime,
  rateFor,
  type TimeEntryRow,
  timerOf,
  updateEntry,
} from '../../time-entries/index.ts';
import { clockBehindLocks, holdPeriods } from '../rows/lock-store.ts';
import { isLocked } from '../rows/period-store.ts';
import { mayEditEntry } from '../rows/policy.ts';
import { entryFactsOf, mayTrack } from '../view/access.ts';
import { showEntries } from './view.ts';

type Adding = CommandContext<(typeof timeEntries)['add' | 'correct' | 'update']>;

function positionAfter(cursor: string | undefined): EntryPosition | undefined {
  if (cursor === undefined) return undefined;
  const [startedAt, id] = decodeCursor(cursor, ['number', 'string']);
  if (Number.isSafeInteger(startedAt) && Math.abs(startedAt) < 8.64e15 && validate(id)) return { startedAt, id };
  throw invalidCursor();
}

const refuse = (path: string, code: string, message: string) =>
  problem('invalid_input', { errors: [{ path, code, message }] });

/** Throws `invalid_input` for an impossible period of time. */
function checkSpan(startedAt: Date, stoppedAt: Date, now: Date): void {
  if (startedAt.getUTCFullYear() < 1970) throw refuse('startedAt', 'too_small', 'must not be before 1970');
  if (stoppedAt > now) throw refuse('stoppedAt', 'too_big', 'must not be in the future');
  const ms = stoppedAt.getTime() - startedAt.getTime();
  if (ms <= 0) throw refuse('stoppedAt', 'too_small', 'must be after startedAt');
  if (ms > MAX_ENTRY_MS) throw refuse('stoppedAt', 'too_big', 'must be at most 31 days after startedAt');
}

/** Announces the task's time after a new entry, and records its author. */
async function publishAdded(context: Adding, entry: TimeEntryRow): Promise<void> {
  const { actor, append, tx } = context;
  await addToBase(tx, entry.task_id, entry.duration_ms ?? 0);
  append(taskStream(entry.task_id), 'timer:corrected', {
    taskId: entry.task_id,
    timer: await timerOf(tx, entry.task_id),
  });
  await recordAudit(tx, context, {
    kind: entry.kind === 'correction' ? 'time_corrected' : 'time_entered',
    actorId: actor.userId,
    targetId: entry.corrects ?? entry.id,
    details: {
      taskId: entry.task_id,
      userId: entry.account_id,
      ms: entry.duration_ms ?? 0,
      reason: entry.reason ?? '',
    },
  });
}

async function answer(context: Adding, subject: TaskSubject, entry: TimeEntryRow, now: Date): Promise<TimeEntry> {
  const [shown] = await showEntries(context.tx, [entry], { userId: context.actor.userId, subject, now });
  if (shown === undefined) throw new Error('The entry cannot be shown.');
  return shown;
}

/** Operations to read, add and correct time entries. */
export const entryOperations: readonly Implementation[] = [
  read(timeEntries.list, async ({ actor, db, input, now, subject }) => {
    const page = { after: positionAfter(input.cursor), limit: input.limit + 1 };
    const found = await entryPage(db, { taskId: input.taskId, userId: input.userId }, page);
    const shown = found.slice(0, input.limit);
    const last = found.length > shown.length ? shown.at(-1) : undefined;
    return {
      items: await showEntries(db, shown, { userId: actor.userId, subject, now }),
      nextCursor: last ? encodeCursor([last.started_at.getTime(), last.id]) : null,
    };
  }),

  command(timeEntries.add, async (context) => {
    const { actor, input, tx } = context;
    const { billable, note, reason, userId = actor.userId } = input;
    const { task: found } = context.subject;
    await holdPeriods(tx, [found.workspace_id]);
    const subject = await lockForChange(tx, { userId: actor.userId, task: found, permits: mayTrack });
    const { task } = subject;
    if (userId !== actor.userId) {
      if (!manages(subject.facts)) throw problem('forbidden');
      if (!task.member_ids.includes(userId)) throw refuse('userId', 'not_found', 'is not a member of the task');
    }
    const [startedAt, stoppedAt] = [new Date(input.startedAt), new Date(input.stoppedAt)];
    const now = await clockBehindLocks(tx);
    checkSpan(startedAt, stoppedAt, now);
    if (await isLocked(tx, task.workspace_id, startedAt, stoppedAt)) throw problem('period_locked');
    await openTaskTime(tx, task);
    const rate = await rateFor(tx, task);
    const entry = await insertEntry(tx, {
      id: newId(),
      task_id: task.id,
      workspace_id: task.workspace_id,
      account_id: userId,
      kind: 'manual',
      started_at: startedAt,
      stopped_at: stoppedAt,
      duration_ms: stoppedAt.getTime() - startedAt.getTime(),
      stop_reason: null,
      note,
      billable,
      rate_minor: rate?.amountMinor ?? null,
      rate_currency: rate?.currency ?? null,
      author_id: actor.userId,
      reason,
      corrects: null,
      created_at: now,
    });
    await publishAdded(context, entry);
    return answer(context, subject, entry, now);
  }),

  command(timeEntries.correct, async (context) => {
    const { actor, input, tx } = context;
    const { entry, subject } = await lockEntry(context);
    if (entry.kind === 'correction') throw problem('conflict', 'Correct the entry that this correction belongs to.');
    if (entry.duration_ms === null) throw problem('conflict', 'The timer is still running: stop it first.');
    const left = entry.duration_ms + (await correctionsOf(tx, entry.id)) + input.deltaMs;
    if (left < 0) throw refuse('deltaMs', 'too_small', `would leave ${left} ms of the entry`);
    const now = await clockBehindLocks(tx);
    const correction = await insertEntry(tx, {
      ...entry,
      id: newId(),
      kind: 'correction',
      stopped_at: entry.started_at,
      duration_ms: input.deltaMs,
      stop_reason: null,
      note: '',
      author_id: actor.userId,
      reason: input.reason,
      corrects: entry.id,
      created_at: now,
    });
    await publishAdded(context, correction);
    return answer(context, subject, correction, now);
  }),

  command(timeEntries.update, async (context) => {
    const { input, tx } = context;
    const { note, billable, version } = input;
    const { entry, subject } = await lockEntry(context);
    const now = await clockBehindLocks(tx);
    if (version !== undefined && version !== entry.version) {
      throw problem('version_conflict', { current: await answer(context, subject, entry, now) });
    }
    const change = { ...(note !== undefined && { note }), ...(billable !== undefined && { billable }) };
    const changed = Object.keys(change).length === 0 ? entry : await updateEntry(tx, entry.id, change);
    if (changed === undefined) throw problem('not_found');
    return answer(context, subject, changed, now);
  }),
];

/**
 * Locks the task of an entry and reads the entry behind the lock.
 * @throws `not_found`, `forbidden`, `period_locked`
 */
async function lockEntry(
  context: CommandContext<(typeof timeEntries)['correct' | 'update']>,
): Promise<{ entry: TimeEntryRow; subject: TaskSubject }> {
  const { actor, input, tx } = context;
  const { task } = context.subject;
  await holdPeriods(tx, [task.workspace_id]);
  const subject = await lockForChange(tx, { userId: actor.userId, task, permits: maySee });
  const entry = await entryById(tx, input.entryId);
  if (entry === undefined) throw problem('not_found');
  if (!mayEditEntry(entryFactsOf(entry, actor.userId, subject.facts))) throw problem('forbidden');
  const end = entry.stopped_at ?? entry.started_at;
  if (await isLocked(tx, entry.workspace_id, entry.started_at, end)) throw problem('period_locked');
  return { entry, subject };
}
