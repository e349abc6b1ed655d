import { type analytics, type ParsedInputOf, sizes, type WorkspaceAnalytics } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { periodOf } from '../../../platform/days/index.ts';
import { meOf, usersById } from '../../identity/index.ts';
import { categoriesOf } from '../../tasks/index.ts';
import { trackedInWorkspace, type WorkspaceTime } from '../../time-entries/index.ts';
import { UNCATEGORIZED } from '../reading/summary.ts';
import { countActive } from './active.ts';
import { completersOn, type Done, doneOn } from './done-store.ts';
import { messagesOf } from './messages.ts';

/** The largest first; the first of those that are equal. */
const largest = <Each extends { trackedMs: number }>(all: Each[], most: number): Each[] =>
  all
    .filter(({ trackedMs }) => trackedMs !== 0)
    .sort((one, other) => other.trackedMs - one.trackedMs)
    .slice(0, most);

async function peopleOf(db: Executor, { people }: WorkspaceTime): Promise<WorkspaceAnalytics['people']> {
  const most = largest(
    people.map(({ ms, userId }) => ({ userId, trackedMs: ms })),
    sizes.analyticsPeople,
  );
  const profiles = await usersById(
    db,
    most.map(({ userId }) => userId),
  );
  return most.map(({ trackedMs, userId }) => ({ userId, name: profiles.get(userId)?.name ?? null, trackedMs }));
}

async function timeByCategory(db: Executor, { tasks }: WorkspaceTime): Promise<WorkspaceAnalytics['categories']> {
  const categories = await categoriesOf(
    db,
    tasks.map(({ taskId }) => taskId),
  );
  const sums = new Map<string, number>();
  for (const { category: former, ms, taskId } of tasks) {
    const category = (categories.has(taskId) ? categories.get(taskId) : former) || UNCATEGORIZED;
    sums.set(category, (sums.get(category) ?? 0) + ms);
  }
  const all = [...sums].map(([category, trackedMs]) => ({ category, trackedMs }));
  return largest(all, sizes.analyticsCategories);
}

const leadTimeOf = (done: Done | undefined) =>
  done === undefined ? null : { medianMs: done.medianMs, p90Ms: done.p90Ms };

/**
 * What was done in a workspace, by days of the reader.
 * @param now running timers go on until then
 * @throws `invalid_input` for a period that is not reported on
 */
export async function readWorkspace(
  db: Executor,
  viewerId: string,
  { workspaceId, ...period }: ParsedInputOf<typeof analytics.ofWorkspace>,
  now: Date,
): Promise<WorkspaceAnalytics> {
  const { timezone: timeZone } = await meOf(db, viewerId);
  const days = periodOf(period, timeZone);
  const messages = await messagesOf(db, workspaceId, days);
  const done = new Map((await doneOn(db, workspaceId, days)).map((each) => [each.day, each]));
  const completers = await completersOn(db, workspaceId, days);
  const time = await trackedInWorkspace(db, workspaceId, days, now);
  const active = countActive(days.names.length, [...messages.senders, ...completers, ...time.people]);
  const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
  return {
    ...period,
    timeZone,
    asOf: now.toISOString(),
    total: {
      messages: sum(messages.byDay),
      activePeople: active.all,
      completed: done.get(null)?.completed ?? 0,
      leadTime: leadTimeOf(done.get(null)),
      trackedMs: sum(time.byDay),
    },
    days: days.names.map((date, at) => ({
      date,
      messages: messages.byDay[at] ?? 0,
      activePeople: active.byDay[at] ?? 0,
      completed: done.get(at)?.completed ?? 0,
      leadTime: leadTimeOf(done.get(at)),
      trackedMs: time.byDay[at] ?? 0,
    })),
    people: await peopleOf(db, time),
    categories: await timeByCategory(db, time),
  };
}
