import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testDatabase } from '../../../../test/database.ts';
import type { Database } from '../../../platform/database/index.ts';
import { type MessageDraft, WRITE, writeMessages } from './message-writer-store.ts';

let database: Database;
beforeEach(async () => {
  database = await testDatabase({ poolSize: 1 });
});
afterEach(() => database.close());

const draft = (conversationId: string, audienceSeq = 0): MessageDraft => ({
  id: randomUUID(),
  conversationId,
  senderId: randomUUID(),
  caller: undefined,
  clientMessageId: randomUUID(),
  type: 'text',
  content: 'Hello',
  replyTo: null,
  audienceSeq,
});

it('numbers messages from the heads of the streams, and leaves out those whose audience has changed', async () => {
  const [one, other, changed] = [randomUUID(), randomUUID(), randomUUID()];
  await database.pool.query(
    `insert into stream (name, seq, audience_seq)
     values ('conversation:' || $1, 7, 0), ('conversation:' || $2, 0, 0), ('conversation:' || $3, 4, 4)`,
    [one, other, changed],
  );
  const drafts = [draft(one), draft(changed), draft(other), draft(one), draft(randomUUID())];
  const { placed } = await writeMessages(database.pool, drafts);
  const seqs = drafts.map(({ id }) => placed.find((place) => place.id === id)?.seq);
  expect(seqs).toEqual([8, undefined, 1, 9, undefined]);
  const { rows } = await database.pool.query('select seq from stream where name = any($1) order by seq', [
    [one, other, changed].map((id) => `conversation:${id}`),
  ]);
  expect(rows.map(({ seq }) => Number(seq))).toEqual([1, 4, 9]);
});

// A few streams fit into some pages, which the planner prefers to an index.
it.each([10, 700, 20_000])('is planned once and uses the index, with %d streams', async (count) => {
  await database.pool.query(
    `insert into stream (name) select 'conversation:' || gen_random_uuid() from generate_series(1, $1)`,
    [count],
  );
  await database.pool.query('vacuum analyze stream');
  const { rows } = await database.pool.query(`explain (generic_plan) ${WRITE}`);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  // Whatever order the planner reads them in, they are locked in the common order.
  expect(plan).toMatch(/LockRows.*\n\s+InitPlan.*\n.*refused.*\n\s+->\s+Sort.*\n\s+Sort Key: s\.name/);
  // No stream is read before it is known that all callers are still signed in.
  expect(plan).toMatch(/Sort Key: s\.name\n\s+->\s+Result.*\n\s+One-Time Filter/);
  // Reading one page is as fast as the index.
  if (count > 10) expect(plan).not.toContain('Seq Scan');

  const names = await database.pool.query('select name from stream limit 1');
  const id = String(names.rows[0].name).slice('conversation:'.length);
  for (let n = 0; n < 12; n += 1) await writeMessages(database.pool, [draft(id), draft(id)]);
  const { rows: prepared } = await database.pool.query(
    "select custom_plans, generic_plans from pg_prepared_statements where name = 'write-messages'",
  );
  expect(prepared.map(({ custom_plans, generic_plans }) => [Number(custom_plans), Number(generic_plans)])).toEqual([
    [5, 7],
  ]);
});

// Whatever the server assumes: the database makes the final check.
it.each([
  ["type = 'shout'", /message_type_check/],
  ["content = repeat('é', 8001)", /message_content_check/],
  ["content = ''", /message_says_nothing_only_when_deleted/],
  ['deleted_at = now()', /message_says_nothing_only_when_deleted/],
  ["deleted_at = now(), content = '', reactions = '{}'", /message_says_nothing_only_when_deleted/],
  ["via = '[]'", /message_via_check/],
  ["mention_scope = 'everyone'", /mention_scope_check/],
])('no message is ever changed to %s', async (change, refusal) => {
  const conversationId = randomUUID();
  await database.pool.query("insert into stream (name) values ('conversation:' || $1)", [conversationId]);
  await writeMessages(database.pool, [draft(conversationId)]);
  await expect(database.pool.query(`update message set ${change}`)).rejects.toThrow(refusal);
  const { rowCount } = await database.pool.query("update message set deleted_at = now(), content = ''");
  expect(rowCount).toBe(1);
});
