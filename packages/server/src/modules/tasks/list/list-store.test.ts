import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDatabase } from '../../../../test/database.ts';
import type { Database } from '../../../platform/database/index.ts';
import { type TaskQuery, taskIdPage, taskIdQuery } from './list-store.ts';

const TASKS = 10_000;
const PEOPLE = 100;
const workspaceId = randomUUID();
const people = Array.from({ length: PEOPLE }, () => randomUUID());
const viewerId = people[7] ?? '';
let database: Database;

beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  await sql`
    insert into account (id, email, name) select id, id || '@example.org', 'Someone' from unnest(${people}::uuid[]) id
  `.execute(db);
  await sql`insert into workspace (id, name, created_at) values (${workspaceId}, 'Plans', now())`.execute(db);
  await sql`
    insert into task (
      id, workspace_id, title, description, status, priority, due_at, due_key, visibility, rank, created_by, created_at,
      updated_at
    )
    select uuidv7(), ${workspaceId}, 'Task ' || n, repeat(md5(n::text), 4), 'todo', 1 + n % 3, due, due, 'workspace',
      'a' || lpad(to_hex(n), 7, '0') || '1', (${people}::uuid[])[1 + n % ${PEOPLE}], now(), now()
    from (select n, now() + (n * 7919 % 10000 || ' minutes')::interval as due from generate_series(1, ${TASKS}::int) n) t
  `.execute(db);
  await sql`
    insert into task_member (task_id, account_id, workspace_id, joined_at)
    select id, created_by, workspace_id, now() from task
  `.execute(db);
  await sql`vacuum analyze task, task_member`.execute(db);
});
afterAll(() => database.close());

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Loops': number;
  Plans?: Plan[];
}
const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

/** The tables that are read, and by which scan, when index-only scans are used wherever possible. */
async function scansOf(query: TaskQuery): Promise<string[]> {
  const { rows } = await database.transaction(async (tx) => {
    await sql`set local enable_seqscan = off`.execute(tx);
    await sql`set local enable_bitmapscan = off`.execute(tx);
    return sql<{ 'QUERY PLAN': [{ Plan: Plan }] }>`explain (analyze, format json) ${taskIdQuery(query)}`.execute(tx);
  });
  const scans = rows
    .flatMap((row) => nodes(row['QUERY PLAN'][0].Plan))
    .filter((node) => 'Relation Name' in node && node['Actual Loops'] > 0);
  return scans.map((scan) => `${scan['Node Type']} of ${scan['Relation Name']}`).sort();
}

const mine = { viewerId, openWorkspaces: [], ownWorkspaces: [workspaceId], staffWorkspaces: [workspaceId] };
const shown = { trash: false, filters: { status: 'todo' } as TaskQuery['filters'], after: undefined, limit: 51 };

it.each(['due', 'created', 'priority', 'manual'] as const)(
  'finds a page of a person’s own tasks by %s without reading whole tasks',
  async (sort) => {
    const query = { ...mine, ...shown, sort };
    expect(await taskIdPage(database.db, query)).toHaveLength(51);
    expect(await scansOf(query)).toEqual([
      'Index Only Scan of task',
      'Index Only Scan of task',
      'Index Only Scan of task_member',
    ]);
  },
);

it('finds what a workspace completed last by an index', async () => {
  const query: TaskQuery = {
    ...{ ...shown, viewerId, openWorkspaces: [workspaceId], ownWorkspaces: [], staffWorkspaces: [] },
    ...{ filters: { status: 'completed' } as TaskQuery['filters'], sort: 'completed' },
  };
  const { rows } = await database.transaction(async (tx) => {
    await sql`set local enable_seqscan = off`.execute(tx);
    await sql`set local enable_bitmapscan = off`.execute(tx);
    return sql<{ 'QUERY PLAN': string }>`explain ${taskIdQuery(query)}`.execute(tx);
  });
  expect(rows.map((row) => row['QUERY PLAN']).join()).toContain('using task_completed');
});

it('reads the tasks themselves if the sort column is in none of the indexes', async () => {
  expect(await scansOf({ ...mine, ...shown, sort: 'title' })).toContain('Index Scan of task');
});
