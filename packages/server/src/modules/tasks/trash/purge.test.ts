import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Person, type TestApp, testApp } from '../../../../test/app.ts';
import { purgeExpired } from './purge.ts';

let app: TestApp;
let ann: Person;

beforeAll(async () => {
  app = await testApp();
  ann = await app.person('Ann');
});
afterAll(() => app.close());

const never = new AbortController().signal;

it('deletes tasks that were in the trash for 30 days, with everything that belongs to them, and nothing else', async () => {
  const { db } = app.database;
  const make = async (title: string, parentId?: string) =>
    (await ann.call('tasks.create', { title, ...(parentId === undefined ? {} : { parentId }) })).id;
  const [old, young, live] = [await make('Old one'), await make('Young one'), await make('Live one')];
  await make('Child of the old one', old);
  await ann.call('taskComments.add', { taskId: old, content: 'Gone soon' });
  for (const taskId of [old, young]) await ann.call('tasks.delete', { taskId });
  await sql`update task set deleted_at = deleted_at - interval '31 days' where id = ${old} or parent_id = ${old}`.execute(
    db,
  );
  expect(await purgeExpired(app.app.transact, never, 1)).toBe(2);
  const { rows } = await sql<{ id: string }>`select id from task order by id`.execute(db);
  expect(rows.map(({ id }) => id)).toEqual([young, live].sort());
  for (const table of ['task_comment', 'task_activity', 'task_member']) {
    const left = await sql`select from ${sql.table(table)} where task_id not in (select id from task)`.execute(db);
    expect([table, left.rows]).toEqual([table, []]);
  }
  expect((await sql`select from stream where name = ${`task:${old}`}`.execute(db)).rows).toEqual([]);
  await expect(ann.call('tasks.restore', { taskId: old })).rejects.toMatchObject({ code: 'not_found' });
  await ann.call('tasks.restore', { taskId: young });
});
