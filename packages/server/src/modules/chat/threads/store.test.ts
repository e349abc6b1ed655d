import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDatabase } from '../../../../test/database.ts';
import type { Database } from '../../../platform/database/index.ts';
import { countThreads, followedPage, followedQuery } from './store.ts';

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  Plans?: Plan[];
}

let database: Database;
const userId = randomUUID();

/** Sixty thousand messages, every twentieth of which is the first of a thread that a user follows. */
beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  const [workspaceId, conversationId] = [randomUUID(), randomUUID()];
  await sql`insert into account (id, email, name) values (${userId}, 'ann@example.test', 'Ann')`.execute(db);
  await sql`insert into workspace (id, name, created_at) values (${workspaceId}, 'Team', now())`.execute(db);
  await sql`
    insert into conversation (id, workspace_id, kind, visibility, name, created_at)
    values (${conversationId}, ${workspaceId}, 'channel', 'public', 'Plans', now())
  `.execute(db);
  await sql`
    insert into message (id, conversation_id, seq, sender_id, client_message_id, type, content, created_at)
    select gen_random_uuid(), ${conversationId}, n, ${userId}, gen_random_uuid(), 'text', 'x', now()
    from generate_series(1, 60000) n
  `.execute(db);
  await sql`
    insert into thread_follower (
      thread_id, account_id, conversation_id, following, read_seq, last_reply_seq, last_reply_at
    )
    select id, ${userId}, conversation_id, true, 0, seq, timestamptz '2026-01-01Z' + seq * interval '1 minute'
    from message where seq % 20 = 0
  `.execute(db);
  await sql`analyze message, thread_follower`.execute(db);
});
afterAll(() => database.close());

const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

it('finds a page of followed threads without reading the others', async () => {
  const [first] = await followedPage(database.db, { userId, after: undefined, limit: 1 });
  expect(first?.message.seq).toBe(60_000);
  const middle = { lastReplyAt: '2026-01-04T00:00:00.000Z', id: randomUUID() };
  for (const after of [undefined, middle]) {
    const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: Plan }] }>`
      explain (analyze, format json) ${followedQuery({ userId, after, limit: 51 })}
    `.execute(database.db);
    const plan = nodes(rows[0]!['QUERY PLAN'][0].Plan);
    expect(plan.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
    for (const node of plan) expect(node['Actual Rows']).toBeLessThanOrEqual(60);
  }
});

it('counts nothing for a thread without replies', async () => {
  const threadId = randomUUID();
  expect(await countThreads(database.db, [threadId])).toEqual(new Map([[threadId, null]]));
});
