import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { testDatabase } from '../../../../test/database.ts';
import { ITEM_TABLES } from './items.ts';

/** Tables of conversations that are cleared by their own code, here or in another module. */
const OTHERS = [
  'attachment',
  'conversation_member',
  'message',
  'conversation_notifications',
  'notification',
  'reminder',
  // Kept for 30 days, whatever happens to its subject.
  'notification_decision',
  // An order outlives its conversation.
  'shop_order',
];

it('covers every table with rows that belong to a conversation', async () => {
  const database = await testDatabase();
  const { rows } = await sql<{ name: string }>`
    select c.table_name as name
    from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.column_name = 'conversation_id' and t.table_type = 'BASE TABLE' and not exists (
      select from pg_constraint k
      where k.conrelid = format('%I.%I', c.table_schema, c.table_name)::regclass
        and k.confrelid = 'conversation'::regclass and k.confdeltype = 'c'
    )
    order by 1
  `.execute(database.db);
  await database.close();
  const found = rows.map(({ name }) => name).filter((name) => !OTHERS.includes(name));
  const where =
    'a table that chat clears is listed in items.ts beside this test, one that its own module clears in OTHERS of this test';
  expect(found, where).toEqual([...ITEM_TABLES].sort());
});
