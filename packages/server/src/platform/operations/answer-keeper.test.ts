import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Person, type TestApp, testApp } from '../../../test/app.ts';

let app: TestApp;
let ann: Person;
let conversationId: string;
beforeAll(async () => {
  app = await testApp();
  ann = await app.person('Ann');
  const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Team' });
  const channel = { workspaceId, kind: 'channel', visibility: 'private', name: 'Plans' } as const;
  conversationId = (await ann.call('conversations.create', channel)).id;
});
afterAll(() => app?.close());

async function kept(accountId: string): Promise<{ rows: number; bytes: number }> {
  const { rows } = await sql<{ rows: number; bytes: number }>`
    select count(*)::int as rows, coalesce(sum(octet_length(answer::text)), 0)::int as bytes
    from idempotency where account_id = ${accountId}
  `.execute(app.database.db);
  return rows[0]!;
}

describe('stored answers of repeated commands', () => {
  it('use limited space, however large the answers are, and are the same when repeated', async () => {
    const long = '日'.repeat(8_000);
    await app.database.pool.query(
      `insert into draft (account_id, conversation_id, thread_id, content, updated_at)
       select $1, $2, gen_random_uuid(), $3, now() from generate_series(1, 100)`,
      [ann.userId, conversationId, long],
    );
    const update = (key: string) => ann.call('conversations.update', { conversationId, topic: key }, { key });
    const answers: unknown[] = [];
    for (let at = 0; at < 20; at += 1) answers.push(await update(`topic ${at}`));
    expect(JSON.stringify(answers.at(-1)).length).toBeGreaterThan(500_000);
    const { rows, bytes } = await kept(ann.userId);
    expect(rows).toBeGreaterThanOrEqual(20);
    expect(bytes).toBeLessThan(rows * 16 * 1024);
    expect(await update('topic 19')).toEqual(answers[19]);
    expect((await ann.call('conversations.get', { conversationId })).topic).toBe('topic 19');
  });

  it('are deleted, oldest first, if one user has too many', async () => {
    const ben = await app.person('Ben');
    const insert = (accountId: string, count: number, bytes: number) =>
      app.database.pool.query(
        `insert into idempotency (account_id, key, operation, input_hash, answer, bytes, created_at)
         select $1, 'old ' || n, 'x', '', '{}', $3, now() - n * interval '1 second' from generate_series(1, $2) n`,
        [accountId, count, bytes],
      );
    await insert(ben.userId, 10_500, 10);
    await insert(ann.userId, 300, 1024 * 1024);
    const mark = async (person: Person) => {
      for (let at = 0; at < 200; at += 1) {
        await person.call('users.updateMe', { name: `Name ${at}` }, { key: randomUUID() });
      }
    };
    await Promise.all([mark(ann), mark(ben)]);
    await vi.waitFor(async () => expect((await kept(ben.userId)).rows).toBeLessThan(10_200));
    await vi.waitFor(async () => expect((await kept(ann.userId)).rows).toBeLessThan(300));
    const { rows } = await app.database.pool.query<{ key: string }>(
      "select key from idempotency where account_id = $1 and key like 'old %' order by created_at desc limit 1",
      [ben.userId],
    );
    expect(rows[0]?.key).toBe('old 1');
  });
});
