import { defineWalk, type InputFor } from '../../../../test/walk/define.ts';
import { nothing, workspaceId } from '../../../../test/walk/inputs.ts';
import type { SharedWorld, Side } from '../../../../test/walk/shared-world.ts';

/** Ids of tasks of a workspace, and of their time entries. */
interface Made {
  /** Owned by the manager, visible to the workspace; the colleague is a member. */
  open: string;
  /** Owned by the manager, visible to members only: the insider and the guest, if there are any. */
  closed: string;
  /** The manager's entry on `closed`. */
  entry: string;
  /** A period locked by the owner. */
  lock: string;
}

const span = { startedAt: '2026-05-04T08:00:00Z', stoppedAt: '2026-05-04T09:00:00Z' };
const march = { from: '2026-03-01', to: '2026-03-31', timeZone: 'UTC' };

async function make({ id, manager, colleague, owner }: Side, others: readonly string[]): Promise<Made> {
  const task = async (title: string, visibility: 'workspace' | 'members', memberIds: string[]) =>
    (await manager.call('tasks.create', { workspaceId: id, title, visibility, memberIds })).id;
  const open = await task('Count the hours', 'workspace', [colleague.userId]);
  const closed = await task('Count them again', 'members', [...others]);
  const entry = await manager.call('timeEntries.add', { taskId: closed, ...span, reason: 'By hand' });
  const lock = await owner.call('periodLocks.lock', { workspaceId: id, ...march });
  return { open, closed, entry: entry.id, lock: lock.id };
}

async function prepare({ w, v, people }: SharedWorld) {
  return { mine: await make(w, [people.insider.userId, people.guest.userId]), theirs: await make(v, []) };
}
type Fixtures = Awaited<ReturnType<typeof prepare>>;
type Build = InputFor<Fixtures>;

const open: Build = ({ mine }) => ({ taskId: mine.open });
const closed: Build = ({ mine }) => ({ taskId: mine.closed });
const entry: Build = ({ mine }) => ({ entryId: mine.entry });

export const walk = defineWalk<Fixtures>({
  prepare,
  table: `
operation                                    nob. unv. read strn neig gues cust memb insi mana admi owne inst
timers.start                                 401  unv  unv  404  404  ok   404  404  ok   ok   404  404  404
timers.start / open                          401  unv  unv  404  404  404  404  403  403  ok   403  403  404
timers.stop / not running                    401  unv  unv  404  404  timer_not_running 404 404 timer_not_running timer_not_running 404 404 404
timers.active                                401  unv  404  404  404  ok   404  404  ok   ok   404  404  404
timers.active / open                         401  unv  ok   404  404  404  404  ok   ok   ok   ok   ok   404
timers.forceStopAll                          401  unv  unv  404  404  403  404  404  403  ok   404  404  404
timers.forceStopAll / open                   401  unv  unv  404  404  404  404  403  403  ok   ok   ok   404
timers.mine                                  401  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
timers.total                                 401  unv  404  404  404  ok   404  404  ok   ok   404  404  404
timers.total / open                          401  unv  ok   404  404  404  404  ok   ok   ok   ok   ok   404
timers.join                                  401  unv  unv  404  404  ok   404  404  ok   ok   404  404  404
timers.join / open                           401  unv  unv  404  404  404  404  ok   ok   ok   ok   ok   404
timers.leave                                 401  unv  unv  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
timeEntries.list                             401  unv  404  404  404  ok   404  404  ok   ok   404  404  404
timeEntries.list / open                      401  unv  ok   404  404  404  404  ok   ok   ok   ok   ok   404
timeEntries.add                              401  unv  unv  404  404  ok   404  404  ok   ok   404  404  404
timeEntries.add / for the insider            401  unv  unv  404  404  403  404  404  ok   ok   404  404  404
timeEntries.add / in a locked period         401  unv  unv  404  404  period_locked 404 404 period_locked period_locked 404 404 404
timeEntries.correct                          401  unv  unv  404  404  403  404  404  403  ok   404  404  404
timeEntries.correct / of V                   401  unv  unv  404  ok   404  404  404  404  404  404  404  404
timeEntries.update                           401  unv  unv  404  404  403  404  404  403  ok   404  404  404
rates.ofWorkspace                            401  unv  403  404  404  403  403  403  403  403  ok   ok   404
rates.setWorkspace                           401  unv  unv  404  404  403  403  403  403  403  ok   ok   404
rates.ofTask                                 401  unv  404  404  404  403  404  404  403  ok   404  404  404
rates.ofTask / open                          401  unv  403  404  404  404  404  403  403  ok   ok   ok   404
rates.setTask                                401  unv  unv  404  404  403  404  404  403  ok   404  404  404
rates.setTask / open                         401  unv  unv  404  404  404  404  403  403  ok   ok   ok   404
periodLocks.list                             401  unv  ok   404  404  ok   ok   ok   ok   ok   ok   ok   404
periodLocks.lock                             401  unv  unv  404  404  403  403  403  403  403  ok   ok   404
periodLocks.unlock                           401  unv  unv  404  404  403  403  403  403  403  ok   ok   404
periodLocks.unlock / of V                    401  unv  unv  404  404  403  403  403  403  403  404  404  404
`,
  inputs: {
    'timers.start': closed,
    'timers.start / open': open,
    'timers.stop / not running': closed,
    'timers.active': closed,
    'timers.active / open': open,
    'timers.forceStopAll': closed,
    'timers.forceStopAll / open': open,
    'timers.mine': nothing,
    'timers.total': closed,
    'timers.total / open': open,
    'timers.join': closed,
    'timers.join / open': open,
    'timers.leave': closed,
    'timeEntries.list': closed,
    'timeEntries.list / open': open,
    'timeEntries.add': (...world) => ({ ...closed(...world), ...span, reason: 'x' }),
    'timeEntries.add / for the insider': ({ people, mine }) => ({
      taskId: mine.closed,
      userId: people.insider.userId,
      ...span,
      reason: 'x',
    }),
    'timeEntries.add / in a locked period': (...world) => ({
      ...closed(...world),
      startedAt: '2026-03-10T08:00:00Z',
      stoppedAt: '2026-03-10T09:00:00Z',
      reason: 'x',
    }),
    'timeEntries.correct': (...world) => ({ ...entry(...world), deltaMs: 60_000, reason: 'x' }),
    'timeEntries.correct / of V': ({ theirs }) => ({ entryId: theirs.entry, deltaMs: 60_000, reason: 'x' }),
    'timeEntries.update': (...world) => ({ ...entry(...world), note: 'x' }),
    'rates.ofWorkspace': workspaceId,
    'rates.setWorkspace': (...world) => ({ ...workspaceId(...world), amountMinor: 5_000 }),
    'rates.ofTask': closed,
    'rates.ofTask / open': open,
    'rates.setTask': (...world) => ({ ...closed(...world), amountMinor: 5_000 }),
    'rates.setTask / open': (...world) => ({ ...open(...world), amountMinor: 5_000 }),
    'periodLocks.list': workspaceId,
    'periodLocks.lock': (...world) => ({ ...workspaceId(...world), ...march, from: '2026-03-02' }),
    'periodLocks.unlock': ({ w, mine }) => ({ workspaceId: w.id, lockId: mine.lock }),
    'periodLocks.unlock / of V': ({ w, theirs }) => ({ workspaceId: w.id, lockId: theirs.lock }),
  },
});
