import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Database } from '../../packages/server/src/platform/database/index.ts';
import { newId } from '../../packages/server/src/platform/new-id.ts';

const HOUR_MS = 3_600_000;

/** Someone with an account. @returns their id */
export async function someone(client: pg.ClientBase): Promise<string> {
  const userId = randomUUID();
  await client.query(
    `insert into account (id, email, name, timezone) values ($1::uuid, $1::text || '@example.org', 'Someone', 'Europe/Berlin')`,
    [userId],
  );
  return userId;
}

/** Plans so many deliveries for later. */
export async function fill(client: pg.ClientBase, userId: string, count: number): Promise<void> {
  await client.query(
    `insert into delivery (id, account_id, kind, subject, occurrence, channel, due_at, next_at, useful_until)
     select uuidv7(), $1, 'reminder', uuidv7(), at::text, 'app', at, at, at + interval '30 days'
     from generate_series(1, $2::int) n, lateral (select now() + interval '1 hour' + n * interval '10 seconds' as at) t`,
    [userId, count],
  );
  await client.query('vacuum analyze delivery');
}

/** What a plain server keeps of a reminder: a row with two indexes, of its key and of its time. */
export const PLAIN = `
  create table plain_reminder (
    id uuid primary key, account_id uuid not null references account, text text not null, at timestamptz not null,
    sent boolean not null default false
  );
  create index on plain_reminder (at);
`;

/** Plans as a plain server does it, in one statement for as many. */
export async function planPlainly({ pool }: Pick<Database, 'pool'>, userId: string, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, n) => ({
    id: newId(),
    at: new Date(Date.now() + HOUR_MS + n * 1_000),
  }));
  await pool.query(
    `insert into plain_reminder (id, account_id, text, at)
     select id, $1, 'Water the plants', at from jsonb_to_recordset($2::jsonb) as r (id uuid, at timestamptz)`,
    [userId, JSON.stringify(rows)],
  );
}
