import type { TaskSort, TaskStatus } from '@atrium/protocol';
import { type RawBuilder, sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';
import type { ListPosition } from './cursor.ts';

/** The filters of a list. */
export interface TaskFilters {
  status: TaskStatus | undefined;
  priority: number | undefined;
  category: string | undefined;
  labelId: string | undefined;
  memberId: string | undefined;
  parentId: string | undefined;
  dueFrom: { at: Date; day: string } | undefined;
  /** Before this instant (exclusive), or up to this day (inclusive). */
  dueTo: { at: Date; day: string } | undefined;
  /** Due before this instant or before this day, and not completed. */
  overdue: { at: Date; day: string } | undefined;
  /** Folded text with its trigrams. */
  search: { text: string; grams: string[] } | undefined;
}

/** A page of a list. */
export interface TaskQuery {
  viewerId: string;
  /** Workspaces of which all tasks are listed that are visible to the whole workspace. */
  openWorkspaces: readonly string[];
  /** Workspaces of which only tasks are listed that the viewer is a member of, or has created and still sees. */
  ownWorkspaces: readonly string[];
  /** Those of the above where the viewer sees tasks that are visible to the whole workspace. */
  staffWorkspaces: readonly string[];
  trash: boolean;
  filters: TaskFilters;
  sort: TaskSort;
  after: ListPosition | undefined;
  limit: number;
}

type Fragment = RawBuilder<unknown>;

/** The end of a day in UTC, which is its sort key. */
const endOfDay = (day: string) => new Date(Date.parse(day) + 86_400_000);
/** Bounds for the index of due dates: no matching instant or day sorts outside of them. */
const earliest = ({ at, day }: { at: Date; day: string }) => (at < endOfDay(day) ? at : endOfDay(day));
const latest = ({ at, day }: { at: Date; day: string }) => (at > endOfDay(day) ? at : endOfDay(day));

function conditions({ status, priority, category, labelId, memberId, parentId, ...rest }: TaskFilters): Fragment[] {
  const { dueFrom, dueTo, overdue, search } = rest;
  const found: (Fragment | undefined)[] = [
    status === undefined ? undefined : sql`t.status = ${status}`,
    priority === undefined ? undefined : sql`t.priority = ${priority}`,
    category === undefined ? undefined : sql`t.category = ${category}`,
    labelId === undefined
      ? undefined
      : sql`exists (select from task_label l where l.task_id = t.id and l.label_id = ${labelId})`,
    memberId === undefined
      ? undefined
      : sql`exists (select from task_member o where o.task_id = t.id and o.account_id = ${memberId})`,
    parentId === undefined ? undefined : sql`t.parent_id = ${parentId}`,
    dueFrom && sql`(t.due_at >= ${dueFrom.at} or t.due_on >= ${dueFrom.day}::date)`,
    dueFrom && sql`t.due_key >= ${earliest(dueFrom)}`,
    dueTo && sql`(t.due_at < ${dueTo.at} or t.due_on <= ${dueTo.day}::date)`,
    dueTo && sql`t.due_key <= ${latest(dueTo)}`,
    overdue && sql`t.status <> 'completed' and (t.due_at < ${overdue.at} or t.due_on < ${overdue.day}::date)`,
    overdue && sql`t.due_key <= ${latest(overdue)}`,
    search && search.grams.length > 0 ? sql`t.grams @> ${search.grams}::text[]` : undefined,
    search && sql`position(${search.text} in t.search_text) > 0`,
  ];
  return found.filter((each) => each !== undefined);
}

/**
 * How each order sorts tasks `t`, by which column, and which tasks come after a position. For a column that is not in
 * the index `task_list`, whole tasks are read.
 */
const ORDERS: Readonly<Record<TaskSort, { column: Fragment; by: Fragment; after: (at: ListPosition) => Fragment }>> = {
  due: {
    column: sql`t.due_key`,
    by: sql`due_key, id`,
    after: ({ key, id }) => sql`(t.due_key, t.id) > (${key}::timestamptz, ${id}::uuid)`,
  },
  created: {
    column: sql`null`,
    by: sql`id desc`,
    after: ({ id }) => sql`t.id < ${id}::uuid`,
  },
  priority: {
    column: sql`t.priority`,
    by: sql`priority desc, id desc`,
    after: ({ key, id }) => sql`(t.priority, t.id) < (${key}::smallint, ${id}::uuid)`,
  },
  title: {
    column: sql`t.title`,
    by: sql`lower(title) collate "C", id`,
    after: ({ key, id }) => sql`(lower(t.title) collate "C", t.id) > (lower(${key}) collate "C", ${id}::uuid)`,
  },
  manual: {
    column: sql`t.rank`,
    by: sql`rank, id`,
    after: ({ key, id }) => sql`(t.rank, t.id) > (${key} collate "C", ${id}::uuid)`,
  },
  completed: {
    column: sql`t.completed_at`,
    by: sql`completed_at desc, id desc`,
    after: ({ key, id }) => sql`(t.completed_at, t.id) < (${key}::timestamptz, ${id}::uuid)`,
  },
};

/** The statement that finds the ids of a page of tasks that a person sees, in order. */
export function taskIdQuery(query: TaskQuery): RawBuilder<{ id: string }> {
  const { viewerId, openWorkspaces, ownWorkspaces, staffWorkspaces, trash, filters, sort, after, limit } = query;
  const { column, by, after: following } = ORDERS[sort];
  const where = sql.join(
    [
      trash ? sql`t.deleted_at is not null` : sql`t.deleted_at is null`,
      ...conditions(filters),
      ...(sort === 'completed' ? [sql`t.completed_at is not null`] : []),
      ...(after === undefined ? [] : [following(after)]),
    ],
    sql` and `,
  );
  const isMember = sql`exists (select from task_member m where m.task_id = t.id and m.account_id = ${viewerId})`;
  return sql<{ id: string }>`
    with seen as (
      -- Each workspace by itself, in the order of its index.
      select x.* from unnest(${openWorkspaces}::uuid[]) w (workspace_id) cross join lateral (
        select t.id, ${column} from task t
        where t.workspace_id = w.workspace_id and (t.visibility = 'workspace' or ${isMember}) and ${where}
        order by ${by} limit ${limit}
      ) x
      union all
      select x.* from (
        select t.id, ${column} from (
          select task_id from task_member
          where account_id = ${viewerId} and workspace_id = any(${ownWorkspaces}::uuid[])
          union
          select id from task
          where created_by = ${viewerId} and workspace_id = any(${staffWorkspaces}::uuid[])
            and visibility = 'workspace'
        ) mine (task_id)
        join task t on t.id = mine.task_id
        where ${where}
        order by ${by} limit ${limit}
      ) x
    )
    select id from seen order by ${by} limit ${limit}
  `;
}

/** The ids of a page of tasks that a person sees, in order. */
export async function taskIdPage(db: Executor, query: TaskQuery): Promise<string[]> {
  const { rows } = await taskIdQuery(query).execute(db);
  return rows.map(({ id }) => id);
}
