import { type ParsedInputOf, tasks } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { type Implementation, problem, read } from '../../../platform/module/index.ts';
import { meOf } from '../../identity/index.ts';
import { type Roles, rolesOf } from '../../workspaces/index.ts';
import { dayAt } from '../rows/due-day.ts';
import { isStaff } from '../rows/policy.ts';
import { priorityRank } from '../rows/present.ts';
import { foldedText, gramsOf } from '../rows/search-text.ts';
import { tasksById } from '../rows/task-store.ts';
import { namedBy, peopleSeen, presentFor } from '../view/state.ts';
import { cursorAfter, positionAfter } from './cursor.ts';
import { type TaskFilters, type TaskQuery, taskIdPage } from './list-store.ts';

type Input = ParsedInputOf<typeof tasks.list>;

function filtersOf(input: Input, zone: string, now: Date): TaskFilters {
  const moment = (instant: string | undefined, back = 0) => {
    if (instant === undefined) return undefined;
    const at = new Date(instant);
    return { at, day: dayAt(new Date(at.getTime() - back), zone) };
  };
  const folded = input.q === undefined ? '' : foldedText(input.q).trim();
  return {
    status: input.status,
    priority: input.priority && priorityRank(input.priority),
    category: input.category,
    labelId: input.labelId,
    memberId: input.memberId,
    parentId: input.parentId,
    dueFrom: moment(input.dueFrom),
    // A day matches if any part of it is before the end.
    dueTo: moment(input.dueTo, 1),
    overdue: input.overdue === true ? { at: now, day: dayAt(now, zone) } : undefined,
    search: folded === '' ? undefined : { text: folded, grams: gramsOf(folded) },
  };
}

/** The listed workspaces, and how much of each. Throws `not_found` for one that the viewer is not in. */
function reachOf(roles: Roles, { scope, workspaceId }: Input) {
  if (workspaceId !== undefined && !roles.has(workspaceId)) throw problem('not_found');
  const all = [...roles].filter(([id]) => workspaceId === undefined || id === workspaceId);
  const staffed = all.filter(([, role]) => isStaff(role)).map(([id]) => id);
  const open = scope === 'mine' ? [] : staffed;
  return {
    openWorkspaces: open,
    ownWorkspaces: all.map(([id]) => id).filter((id) => !open.includes(id)),
    staffWorkspaces: scope === 'mine' ? staffed : [],
  } satisfies Partial<TaskQuery>;
}

/** The time zone for filters by day. Without such a filter the caller's account is not read. */
async function zoneOf(db: Executor, viewerId: string, { timeZone, dueFrom, dueTo, overdue }: Input): Promise<string> {
  if (timeZone !== undefined) return timeZone;
  const isNeeded = dueFrom !== undefined || dueTo !== undefined || overdue === true;
  return isNeeded ? (await meOf(db, viewerId)).timezone : 'UTC';
}

/** Operations that list tasks. */
export const listOperation: Implementation = read(tasks.list, async ({ db, actor, input, now }) => {
  const { sort, limit, scope } = input;
  const viewerId = actor.userId;
  const after = positionAfter(input.cursor, sort);
  const roles = await rolesOf(db, viewerId);
  const reach = reachOf(roles, input);
  const filters = filtersOf(input, await zoneOf(db, viewerId, input), now);
  const query = { viewerId, ...reach, trash: scope === 'trash', filters, sort, after };
  const ids = await taskIdPage(db, { ...query, limit: limit + 1 });
  const found = await tasksById(db, ids.slice(0, limit));
  const rows = ids.slice(0, limit).flatMap((id) => found.get(id) ?? []);
  const last = rows.at(-1);
  return {
    items: await presentFor(db, { viewerId, roles }, rows),
    nextCursor: ids.length > limit && last !== undefined ? cursorAfter(sort, last) : null,
    people: await peopleSeen(db, viewerId, namedBy(rows)),
  };
});
